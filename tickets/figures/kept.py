"""What was counted of a campaign, and when: a page reads it, a task counts it again.

To count half a million tickets takes seconds. A campaign in which something may still be used is counted
again every quarter of an hour, one that is over once a day; the pages say of which moment they tell.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskContext, task

from core.snapshots import one_snapshot
from core.tasks import Priority, Queue
from tickets.models import Figure, KeptFigures
from wallets.models import Campaign

from . import flows, sums, waiting, ways

EVERY = dt.timedelta(minutes=15)
EVERY_WHEN_OVER = dt.timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    figures: Any
    at: dt.datetime


Key = tuple[int, Figure]


def read(campaigns: Collection[Campaign], *asked: Figure) -> dict[Key, Counted]:
    """What is kept, in one query; what nobody has counted yet is counted now, and not kept."""
    rows = KeptFigures.objects.filter(campaign__in=campaigns, what__in=asked)
    found = {(row.campaign_id, Figure(row.what)): Counted(row.figures, row.counted_at) for row in rows}
    for campaign in campaigns:
        for what in asked:
            if (campaign.pk, what) not in found:
                found[campaign.pk, what] = Counted(_count(campaign, what), timezone.now())
    return found


def count_and_keep(campaign_id: int) -> None:
    """Count all of a campaign in one snapshot."""
    campaign = Campaign.objects.get(pk=campaign_id)
    with one_snapshot():
        at = timezone.now()
        counted = {what: _count(campaign, what) for what in Figure}
    with transaction.atomic():
        KeptFigures.objects.bulk_create(
            [
                KeptFigures(campaign=campaign, what=what, figures=figures, counted_at=at)
                for what, figures in counted.items()
            ],
            update_conflicts=True,
            unique_fields=["campaign", "what"],
            update_fields=["figures", "counted_at"],
        )


@task(queue_name=Queue.FILES, priority=Priority.BULK, takes_context=True)
def count_again(context: TaskContext, *, campaign_id: int) -> None:
    """One that was begun twice counts twice."""
    if Campaign.objects.filter(pk=campaign_id).exists():
        count_and_keep(campaign_id)


def due() -> Iterator[int]:
    """The campaigns that are to be counted, or counted again."""
    now, today = timezone.now(), timezone.localdate()
    old = Q(counted_at__lt=now - EVERY_WHEN_OVER) | Q(
        counted_at__lt=now - EVERY, campaign__last_validation_on__gte=today
    )
    fresh = KeptFigures.objects.filter(what=Figure.SUMS).exclude(old)
    yield from (
        Campaign.objects.exclude(pk__in=fresh.values("campaign"))
        .order_by("-opens_on")
        .values_list("pk", flat=True)
    )


def before(campaign: Campaign) -> Campaign | None:
    """The campaign of the year before."""
    return Campaign.objects.filter(opens_on__lt=campaign.opens_on).order_by("-opens_on").first()


def unpacked(packed: Any) -> flows.Lines:
    """The names of the numbers are written once: an organisme has a line, and there are thousands."""
    names = packed["names"]
    return {key: dict(zip(names, numbers, strict=True)) for key, numbers in packed["lines"].items()}


def _packed(lines: flows.Lines) -> Any:
    names = list(next(iter(lines.values()), {}))
    return {
        "names": names,
        "lines": {key: [counts[name] for name in names] for key, counts in lines.items()},
    }


def _count(campaign: Campaign, what: Figure) -> Any:
    if what == Figure.SUMS:
        return sums.count(campaign)
    if what == Figure.WEEKS:
        return flows.count_weeks(campaign)
    if what == Figure.WAITING:
        return waiting.count(campaign)
    if what == Figure.WAYS:
        return ways.count(campaign)
    previous, until = before(campaign), _same_moment(campaign)
    if what == Figure.WHOLE:
        whole = {"now": flows.count_all(campaign)}
        if previous and until:
            whole["then"] = flows.count_all(previous, until)
        return {**whole, "day": until and timezone.localdate(until).isoformat()}
    table = {"now": _packed(flows.count(campaign, what))}
    if previous and until and what in flows.KEYS:
        table["then"] = _packed(flows.count_before(previous, what, until))
    return table


def _same_moment(campaign: Campaign) -> dt.datetime | None:
    """As long after the opening of the season before as now is after that of this one. Of a season that is
    over, or has not begun, there is none: both are told whole."""
    now, previous = timezone.localtime(), before(campaign)
    if previous and campaign.opens_on <= now.date() <= campaign.last_validation_on:
        return now - (campaign.opens_on - previous.opens_on)
    return None
