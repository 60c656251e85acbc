"""How much one account may write into the ledger in an hour: no loop fills it, nor mail boxes.

Read from what is written, so that nothing is written to count it. Several requests at the same instant may
each be the last one: it bounds tables, and guards no euro.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core.compiled_query import CompiledQuery

from .exceptions import TooManyTickets
from .models import Order, Ticket

Moments = QuerySet[Any, dt.datetime | None]


def check_order(actor: User, key: uuid.UUID) -> None:
    """Refuse one order more; the same form sent again is none. Raises TooManyTickets."""
    wait = _wait_after(_ordered, actor)
    if wait and not Order.objects.filter(key=key).exists():
        raise TooManyTickets(wait)


def check_cancellation(actor: User) -> None:
    """Refuse one cancellation more. Raises TooManyTickets."""
    if wait := _wait_after(_cancelled, actor):
        raise TooManyTickets(wait)


def _ordered(actor: Any) -> Moments:
    return Order.objects.filter(actor=actor).order_by("-created_at").values_list("created_at", flat=True)


def _cancelled(actor: Any) -> Moments:
    done = Ticket.objects.filter(cancelled_by=actor, cancelled_at__isnull=False)
    return done.order_by("-cancelled_at").values_list("cancelled_at", flat=True)


def _wait_after(done: Callable[[Any], Moments], actor: User) -> dt.timedelta | None:
    """How long until the ORDERS_AT_ONCE-th of them, newest first, is older than ORDERS_WITHIN."""
    last = _one_of(done, settings.ORDERS_AT_ONCE)(actor.pk)
    left = [moment + settings.ORDERS_WITHIN - timezone.now() for moment in last]
    return max((wait for wait in left if wait > dt.timedelta(0)), default=None)


@cache
def _one_of(done: Callable[[Any], Moments], number: int) -> CompiledQuery[Any]:
    return CompiledQuery(lambda actor: done(actor)[number - 1 : number])
