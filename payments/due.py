"""What organismes are owed for: tickets that were used, and that no batch holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from core.money import ZERO
from tickets.models import State, Ticket, Use

from .models import Correction, of_organisme

# What was merged into another one is that one's.
PARTNER = Case(
    When(offer__partner__merged_into=None, then=F("offer__partner")), default=F("offer__partner__merged_into")
)
CORRECTED = Case(When(partner__merged_into=None, then=F("partner")), default=F("partner__merged_into"))


class DueUse(NamedTuple):
    use_id: int
    ticket_id: int
    partner_id: int
    amount: Decimal
    kind: str
    used_at: dt.datetime


class DueCorrection(NamedTuple):
    correction_id: int
    partner_id: int
    amount: Decimal


def uses_due(cut_off: dt.date) -> QuerySet[Use]:
    """Uses up to that day, in Paris, of which no family complains. A disputed ticket waits alone."""
    due = Use.objects.living().filter(ticket__state=State.USED, used_at__lt=midnight_after(cut_off))
    return due.exclude(Q(dispute__isnull=False) & Q(dispute__decided_at=None))


def midnight_after(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))


def lock_uses(cut_off: dt.date, *, partner_id: int | None = None) -> list[DueUse]:
    """Those uses, in the order of their tickets, as nobody undoes them until the transaction ends."""
    due = uses_due(cut_off)
    if partner_id is not None:
        due = due.filter(of_organisme(partner_id, "offer__partner"))
    tickets = Ticket.objects.filter(pk__in=due.values("ticket")).order_by("pk")
    locked = set(tickets.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    rows = due.order_by("ticket").values_list(
        "pk", "ticket", PARTNER, "ticket__amount", "ticket__wallet__kind", "used_at"
    )
    return [DueUse(*row) for row in rows.iterator() if row[1] in locked]


def corrections_due(partner_ids: Collection[int] | None = None) -> list[DueCorrection]:
    """Those that no payment took yet. Nobody changes them; two batches are never prepared at once."""
    rows = Correction.objects.due().order_by("pk").values_list("pk", CORRECTED, "amount")
    found = [DueCorrection(*row) for row in rows]
    return found if partner_ids is None else [it for it in found if it.partner_id in partner_ids]


class Due(NamedTuple):
    """What one organisme is owed; euros."""

    uses: list[DueUse]
    corrections: list[DueCorrection]

    def of_kind(self, kind: str) -> Decimal:
        return sum((use.amount for use in self.uses if use.kind == kind), ZERO)

    @property
    def corrected(self) -> Decimal:
        return sum((it.amount for it in self.corrections), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((use.amount for use in self.uses), self.corrected)


def by_partner(uses: Iterable[DueUse], corrections: Iterable[DueCorrection]) -> dict[int, Due]:
    found: dict[int, Due] = defaultdict(lambda: Due([], []))
    for use in uses:
        found[use.partner_id].uses.append(use)
    for correction in corrections:
        found[correction.partner_id].corrections.append(correction)
    return dict(sorted(found.items()))
