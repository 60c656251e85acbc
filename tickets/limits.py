"""How much one account may write into the ledger in an hour: no loop fills it, nor mail boxes.

Read from what is written, so that nothing is written to count it. Several requests at the same instant may
each be the last one: it bounds tables, and guards no euro.
"""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User

from .exceptions import TooManyTickets
from .models import Order, Ticket


def check_order(actor: User, key: uuid.UUID) -> None:
    """Refuse one order more; the same form sent again is none. Raises TooManyTickets."""
    ordered = Order.objects.filter(actor=actor).order_by("-created_at")
    wait = _wait_after(ordered.values_list("created_at", flat=True))
    if wait and not Order.objects.filter(key=key).exists():
        raise TooManyTickets(wait)


def check_cancellation(actor: User) -> None:
    """Refuse one cancellation more. Raises TooManyTickets."""
    cancelled = Ticket.objects.filter(cancelled_by=actor, cancelled_at__isnull=False).order_by(
        "-cancelled_at"
    )
    if wait := _wait_after(cancelled.values_list("cancelled_at", flat=True)):
        raise TooManyTickets(wait)


def _wait_after(moments: QuerySet[Any, dt.datetime | None]) -> dt.timedelta | None:
    """How long until the ORDERS_AT_ONCE-th of them, newest first, is older than ORDERS_WITHIN."""
    last = moments[settings.ORDERS_AT_ONCE - 1 : settings.ORDERS_AT_ONCE]
    left = [moment + settings.ORDERS_WITHIN - timezone.now() for moment in last if moment]
    return max((wait for wait in left if wait > dt.timedelta(0)), default=None)
