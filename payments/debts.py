"""Organismes that owe more than they are owed: carried from batch to batch, and in the end recovered."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from core.money import ZERO
from partners.models import Partner

from .due import CORRECTED, PARTNER, uses_due
from .models import Correction, Rules


class Debt(NamedTuple):
    """Euros, above zero; since it has been one without a break."""

    partner: Partner
    amount: Decimal
    since: dt.date
    is_to_recover: bool


def standing(today: dt.date) -> list[Debt]:
    """The oldest first. Whoever owes has a correction that nothing has taken: they are few."""
    owing = Correction.objects.due().filter(amount__lt=0).values_list(CORRECTED, flat=True)
    partners = Partner.objects.select_related("accounting").in_bulk(set(owing.order_by()))
    moments: dict[int, list[tuple[dt.datetime, Decimal]]] = defaultdict(list)
    uses = uses_due(today).annotate(owed=PARTNER).filter(owed__in=partners).order_by()
    for partner_id, at, amount in uses.values_list("owed", "used_at", "ticket__amount"):
        moments[partner_id].append((at, amount))
    corrections = Correction.objects.due().annotate(owed=CORRECTED).filter(owed__in=partners).order_by()
    for partner_id, at, amount in corrections.values_list("owed", "created_at", "amount"):
        moments[partner_id].append((at, amount))
    months, found = Rules.current().debt_months, []
    for partner_id, theirs in moments.items():
        total, since = _summed(theirs)
        if since:
            day = timezone.localdate(since)
            found.append(Debt(partners[partner_id], -total, day, _months(day, today) >= months))
    return sorted(found, key=lambda debt: (debt.since, debt.partner.name))


def _summed(moments: list[tuple[dt.datetime, Decimal]]) -> tuple[Decimal, dt.datetime | None]:
    """What they come to, and since when that is below zero."""
    total, since = ZERO, None
    for at, amount in sorted(moments):
        total += amount
        since = (since or at) if total < ZERO else None
    return total, since


def _months(since: dt.date, today: dt.date) -> int:
    """Whole ones."""
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
