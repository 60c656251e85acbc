"""Gives back the tickets and corrections of lines that will not be paid."""

from django.utils import timezone

from core.batches import in_batches
from core.key_lists import among
from tickets import paying

from .models import Line
from .models.releasable import ReleasableQuerySet

ROWS = 2_000


def let_go(lines: ReleasableQuerySet[Line]) -> bool:
    """Release them, and make their tickets « used » again; false if another did so at this very instant.

    In a transaction of the caller's. Locks the tickets, in their order.
    """
    held = dict(lines.order_by("ticket").values_list("pk", "ticket"))
    for tickets in in_batches((ticket for ticket in held.values() if ticket), ROWS):
        if not paying.leave_batch(tickets):
            return False
    now = timezone.now()
    return all(Line.objects.filter(among(some)).release(now) == len(some) for some in in_batches(held, ROWS))
