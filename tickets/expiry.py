"""The nightly marking of tickets whose last day is over, or was put off."""

import datetime as dt

from django.db.models import Max, Min
from django.utils import timezone

from .models import State, Ticket, TicketQuerySet

# Of numbers: well under a second of work.
AT_ONCE = 5_000


def expire(*, today: dt.date) -> int:
    """Mark the tickets whose last day is over, and return how many: their credit is not given back."""
    now = timezone.now()
    return _by_numbers(Ticket.objects.outdated_on(today), State.UNUSED, state=State.EXPIRED, expired_at=now)


def revive(*, today: dt.date) -> int:
    """Take that mark off the tickets whose last day was put off since, and return how many."""
    return _by_numbers(Ticket.objects.revived_on(today), State.EXPIRED, state=State.UNUSED, expired_at=None)


def _by_numbers(due: TicketQuerySet, so_far: State, **fields: object) -> int:
    """Update the tickets that are due and in that state, a range of AT_ONCE numbers a transaction.

    Stopped at any moment, it goes on when it is run again. Each range is read by the primary key alone: a
    million tickets take a million reads, however few of them are due. The state is asked again outside
    the join: a row that somebody cancels or uses meanwhile is re-checked.
    """
    found = due.aggregate(first=Min("number"), last=Max("number"))
    if found["first"] is None:
        return 0
    done = 0
    for start in range(found["first"], found["last"] + 1, AT_ONCE):
        of_these = {"number__gte": start, "number__lt": start + AT_ONCE}
        again = Ticket.objects.filter(pk__in=due.filter(**of_these).values("pk"), state=so_far, **of_these)
        done += again.update(**fields)
    return done
