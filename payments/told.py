"""What became of a payment, as its organisme reads it."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from django.utils import timezone

from core.formats import jour_court

from .models import Fate, Outcome, Payment


class Stage(StrEnum):
    APPROVED = "En préparation"
    SENT = "Transmis le"
    PAID = "Payé le"
    SETTLED = "Réglé par compensation le"
    REJECTED = "N’a pas abouti le"
    RETURNED = "Revenu le"


OF_FATES = {Fate.PAID: Stage.PAID, Fate.REJECTED: Stage.REJECTED, Fate.RETURNED: Stage.RETURNED}


class Told(NamedTuple):
    """Where a payment is, since when, and why where it came to nothing."""

    stage: Stage
    on: dt.date | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        return f"{self.stage} {jour_court(self.on)}" if self.on else str(self.stage)

    @property
    def has_failed(self) -> bool:
        return self.stage in (Stage.REJECTED, Stage.RETURNED)

    @property
    def icon(self) -> str:
        if self.has_failed:
            return "alert"
        return "check" if self.stage in (Stage.PAID, Stage.SETTLED) else "calendar"


def of_payment(payment: Payment) -> Told:
    """Its `outcomes` are prefetched, and its batch."""
    outcomes = sorted(payment.outcomes.all(), key=lambda outcome: outcome.pk)
    if outcomes:
        return _of_outcome(payment, outcomes[-1])
    if payment.batch.sent_at:
        return Told(Stage.SENT, timezone.localdate(payment.batch.sent_at))
    return Told(Stage.APPROVED)


def _of_outcome(payment: Payment, outcome: Outcome) -> Told:
    if outcome.fate == Fate.PAID and not payment.amount:
        return Told(Stage.SETTLED, outcome.on)
    return Told(OF_FATES[Fate(outcome.fate)], outcome.on, outcome.reason)
