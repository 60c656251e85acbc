"""What an organisme sees of its money, in a number of queries that does not grow."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone

from core.formats import jour_court
from core.money import ZERO
from partners.models import Partner

from . import calendar, told, waiting
from .models import BatchFile, FileKind, Line, Payment


@dataclass(frozen=True)
class Seen:
    """A payment, what became of it, and whether its statement can be downloaded."""

    payment: Payment
    told: told.Told
    has_statement: bool


def seen(payments: Iterable[Payment]) -> list[Seen]:
    """Those of `Payment.objects.of`."""
    payments = list(payments)
    sent = [payment.pk for payment in payments if payment.batch.sent_at]
    stated = set(statements().filter(payment__in=sent).values_list("payment", flat=True))
    return [Seen(payment, told.of_payment(payment), payment.pk in stated) for payment in payments]


def statements() -> QuerySet[BatchFile]:
    """Those of sent batches: before, a batch may still be given up, and its statement says what is not."""
    return BatchFile.objects.filter(kind=FileKind.STATEMENT, batch__sent_at__isnull=False)


def lines_of(payment: Payment) -> QuerySet[Line]:
    """Let go ones too: they say what a rejected payment was. Tickets as they were used, then corrections."""
    lines = payment.lines.order_by(F("use__used_at").asc(nulls_last=True), "pk")
    return lines.select_related(
        "use__ticket__wallet__beneficiary",
        "use__ticket__wallet__campaign",
        "use__offer__activity",
        "correction",
    )


class Next(NamedTuple):
    """In euros; when, in words."""

    amount: Decimal
    when: str


def next_payment(partner: Partner) -> Next:
    """What is on its way already; else what the next batch would take today."""
    days = calendar.paid_after()
    on_its_way = Payment.objects.of(partner.pk).filter(outcomes=None, amount__gt=ZERO).last()
    if on_its_way:
        return Next(on_its_way.amount, _when(on_its_way, days))
    due = waiting.of(partner)
    if due.reasons:
        return Next(max(due.soon, ZERO), "en attente")
    paid_on = due.cut_off.paid_on(days)
    when = f"vers le {jour_court(paid_on)}" if paid_on else f"lot du {jour_court(due.cut_off.prepared_on)}"
    return Next(max(due.soon, ZERO), when)


def _when(payment: Payment, days: int | None) -> str:
    cut_off = calendar.CutOff(payment.batch.cut_off, timezone.localdate(payment.batch.prepared_at))
    paid_on = cut_off.paid_on(days)
    if paid_on and paid_on >= timezone.localdate():
        return f"vers le {jour_court(paid_on)}"
    return told.of_payment(payment).words.lower()
