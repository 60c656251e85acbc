"""What a counter shows: what waits for it, and what it has used."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import Beneficiary
from core.money import ZERO
from partners.models import Partner

from ..models import Ticket, Use
from .looking import assigned_to

LAST_SHOWN = 10


@dataclass(frozen=True)
class Amount:
    number: int
    euros: Decimal


def waiting(partner: Partner) -> Amount:
    """The tickets that families made for it, and that it has not used."""
    found = assigned_to(partner).order_by().aggregate(number=Count("pk"), euros=Sum("amount"))
    return Amount(found["number"], found["euros"] or ZERO)


def uses_of(partner: Partner) -> QuerySet[Use]:
    """Undone ones too, newest first."""
    return Use.objects.with_tickets().filter(offer__partner=partner).order_by("-used_at", "-pk")


def used_since(partner: Partner, day: dt.date) -> Amount:
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    return sum_of(Use.objects.filter(offer__partner=partner, used_at__gte=midnight))


def sum_of(uses: QuerySet[Use]) -> Amount:
    """Without those that were undone."""
    living = uses.filter(undone_at=None).order_by()
    found = living.aggregate(number=Count("pk"), euros=Sum("ticket__amount"))
    return Amount(found["number"], found["euros"] or ZERO)


def last_uses(partner: Partner) -> list[Use]:
    return list(uses_of(partner)[:LAST_SHOWN])


def used_by_form(partner: Partner, key: uuid.UUID) -> list[Use]:
    return list(uses_of(partner).filter(key=key))


def others_of(ticket: Ticket, partner: Partner) -> list[Ticket]:
    """The other tickets of this child that wait here: used together, its family comes once."""
    theirs = assigned_to(partner).filter(wallet__beneficiary=ticket.wallet.beneficiary_id)
    return list(theirs.exclude(pk=ticket.pk))


def namesakes(child: Beneficiary) -> int:
    """How many children of this family have this name, this one included."""
    guardians = child.guardianships.values("user")
    siblings = Beneficiary.objects.filter(
        Q(guardianships__user__in=guardians) | Q(pk=child.pk), last_name__iexact=child.last_name
    )
    return siblings.distinct().count()


def totals(tickets: Iterable[Ticket]) -> Decimal:
    return sum((ticket.amount for ticket in tickets), ZERO)


def first_of_month() -> dt.date:
    return timezone.localdate().replace(day=1)
