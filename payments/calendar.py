"""The batches to come, published a year ahead."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from wallets.models import Campaign

from .models import Batch, Fate, Outcome, Rules

MONTHS_AHEAD = 12
REAL_DELAYS = 3


class CutOff(NamedTuple):
    """Uses up to `last_day` are in the batch of `prepared_on`."""

    last_day: dt.date
    prepared_on: dt.date

    def paid_on(self, days: int | None) -> dt.date | None:
        """About when its payments are made, if they take so many days from its last day."""
        return None if days is None else max(self.prepared_on, self.last_day + dt.timedelta(days=days))


def upcoming(today: dt.date) -> list[CutOff]:
    """For a year, soonest first: each month, and once after each campaign's last day of use."""
    day = Rules.current().prepared_on_day
    found = {*_monthly(today, day)}
    until = max(cut_off.prepared_on for cut_off in found)
    last_days = Campaign.objects.values_list("last_validation_on", flat=True)
    for last in last_days:
        after = CutOff(last, last + dt.timedelta(days=day))
        is_a_month_end = last.day == calendar.monthrange(last.year, last.month)[1]
        if today <= after.prepared_on <= until and not is_a_month_end:
            found.add(after)
    return sorted(found, key=lambda cut_off: cut_off.prepared_on)


def proposed(today: dt.date) -> dt.date:
    """The last day that a batch prepared today takes: the month before's, from its day on."""
    first = today.replace(day=1)
    if today.day < Rules.current().prepared_on_day:
        first = (first - dt.timedelta(days=1)).replace(day=1)
    return first - dt.timedelta(days=1)


def paid_after() -> int | None:
    """Days from a cut-off to the payments: the median of the last three batches'. None before the first."""
    paid = Outcome.objects.filter(fate=Fate.PAID, payment__amount__gt=0).order_by()
    has_paid = Exists(paid.filter(payment__batch=OuterRef("pk")))
    last = Batch.objects.filter(has_paid).order_by("-pk").values("pk")[:REAL_DELAYS]
    days = paid.filter(payment__batch__in=last).values_list("payment__batch", "payment__batch__cut_off", "on")
    delays: dict[int, list[int]] = defaultdict(list)
    # By day: a batch has thousands of payments, and pages ask.
    for batch, cut_off, on, payments in days.annotate(Count("pk")):
        delays[batch] += [(on - cut_off).days] * payments
    return round(median(median(each) for each in delays.values())) if delays else None


def next_one() -> CutOff:
    return upcoming(timezone.localdate())[0]


def _monthly(today: dt.date, day: int) -> Iterator[CutOff]:
    month = today.replace(day=1)
    if today.day > day:
        month = _after(month)
    for _ in range(MONTHS_AHEAD):
        yield CutOff(month - dt.timedelta(days=1), month.replace(day=day))
        month = _after(month)


def _after(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1)
