"""What keeps two people apart, taken away: for the controls of the races."""

from tickets.models import Ticket


def leave_whatever_state(ticket_id, state, **fields):
    """`_leave_unused` without its guard."""
    nothing = {"used_at": None, "used_by": None, "cancelled_at": None, "cancelled_by": None}
    return Ticket.objects.filter(pk=ticket_id).update(state=state, **nothing | fields) == 1
