"""A used ticket's way through a batch of payments, and back: guarded updates, called by `payments`."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from core.key_lists import among

from .models import State, Ticket


def enter_batch(ticket_ids: Collection[int]) -> bool:
    """Used → in payment; false if any of them was not used any more. Locks the tickets."""
    return _move(ticket_ids, State.USED, State.IN_PAYMENT)


def leave_batch(ticket_ids: Collection[int]) -> bool:
    """In payment → used: the batch was dropped, or the payment rejected. Locks the tickets."""
    return _move(ticket_ids, State.IN_PAYMENT, State.USED)


def pay(ticket_ids: Collection[int]) -> bool:
    """In payment → paid. Nothing takes it back. Locks the tickets."""
    return _move(ticket_ids, State.IN_PAYMENT, State.PAID)


def _move(ticket_ids: Collection[int], before: State, after: State) -> bool:
    moved = Ticket.objects.filter(among(ticket_ids), state=before).update(state=after)
    return moved == len(ticket_ids)


def lock(tickets: QuerySet[Any, Any]) -> list[int]:
    """Until the transaction ends; `tickets` are their numbers, which are returned."""
    rows = Ticket.objects.filter(pk__in=tickets).order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(rows.values_list("pk", flat=True))
