"""How much one account may write into the ledger in an hour: no loop fills it, nor mail boxes.

Read from what is written, so that nothing is written to count it. Several requests at the same instant may
each be the last one: it bounds tables, and guards no euro.
"""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from core.compiled_query import CompiledQuery

from .exceptions import TooManyTickets
from .models import Order, Ticket

# The one that must be older than ORDERS_WITHIN, so that there is room for another.
_ordered = CompiledQuery(
    lambda actor: (
        Order.objects.filter(actor=actor)
        .order_by("-created_at")
        .values_list("created_at", flat=True)[settings.ORDERS_AT_ONCE - 1 : settings.ORDERS_AT_ONCE]
    )
)
_cancelled = CompiledQuery(
    lambda actor: (
        Ticket.objects.filter(cancelled_by=actor, cancelled_at__isnull=False)
        .order_by("-cancelled_at")
        .values_list("cancelled_at", flat=True)[settings.ORDERS_AT_ONCE - 1 : settings.ORDERS_AT_ONCE]
    )
)


def check_order(actor: User, key: uuid.UUID) -> None:
    """Refuse one order more; the same form sent again is none. Raises TooManyTickets."""
    wait = _wait_after(_ordered(actor.pk))
    if wait and not Order.objects.filter(key=key).exists():
        raise TooManyTickets(wait)


def check_cancellation(actor: User) -> None:
    """Refuse one cancellation more. Raises TooManyTickets."""
    if wait := _wait_after(_cancelled(actor.pk)):
        raise TooManyTickets(wait)


def _wait_after(moments: Iterable[dt.datetime | None]) -> dt.timedelta | None:
    left = [moment + settings.ORDERS_WITHIN - timezone.now() for moment in moments if moment]
    return max((wait for wait in left if wait > dt.timedelta(0)), default=None)
