"""What came to the queue and left it in seven days."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median

from django.db.models import Count, Min, Q
from django.utils import timezone

from .models import DECIDED_STATES, Application, ApplicationState

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class QueueFigures:
    """`asked` are those that wait for their family since; `delay` is the median wait of what was decided,
    from when it came to an agent; `oldest` is since when the first in the queue waits.
    """

    sent: int
    accepted: int
    refused: int
    asked: int
    delay: dt.timedelta | None
    waiting: int
    oldest: dt.datetime | None


def of_the_week(now: dt.datetime | None = None) -> QueueFigures:
    """Two statements."""
    since = (now or timezone.now()) - WEEK
    is_sent, is_waiting = Q(sent_at__gte=since), Q(state=ApplicationState.SENT)
    is_asked = Q(state=ApplicationState.INCOMPLETE, waiting_since__gte=since)
    counted = Application.objects.filter(is_sent | is_waiting | is_asked).aggregate(
        sent=Count("pk", filter=is_sent),
        asked=Count("pk", filter=is_asked),
        waiting=Count("pk", filter=is_waiting),
        oldest=Min("waiting_since", filter=is_waiting),
    )
    decided = Application.objects.filter(state__in=DECIDED_STATES, decided_at__gte=since)
    answers = list(decided.values_list("state", "waiting_since", "decided_at"))
    by_state = Counter(state for state, _, _ in answers)
    seconds = [(decided_at - came_at).total_seconds() for _, came_at, decided_at in answers if decided_at]
    return QueueFigures(
        **counted,
        accepted=by_state[ApplicationState.ACCEPTED],
        refused=by_state[ApplicationState.REFUSED],
        delay=dt.timedelta(seconds=median(seconds)) if seconds else None,
    )
