"""A member uses a ticket for its organisme. No money moves: it left the wallet when the ticket was made."""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.compiled_query import CompiledQuery
from partners import memberships
from partners.exceptions import NotAMember

from .. import services
from ..models import Ticket, Use, Way
from .refusals import UndoneSince, Unknown
from .verdict import Verdicts

_by_form = CompiledQuery(
    lambda ticket, key, actor: Use.objects.filter(ticket_id=ticket, key=key, actor_id=actor)
)


@transaction.atomic
def use(
    *,
    ticket_id: int,
    code: str | None,
    partner_id: int,
    offer_id: int | None,
    actor: User,
    way: Way,
    key: uuid.UUID,
) -> Use:
    """Use the whole ticket at this organisme; return the use.

    `code` is that of the ticket; without one it must be assigned here. `offer_id` is for a paper ticket. The
    same form sent again, even at the same instant, returns the first use. Locks the ticket, then the offer.
    Raises NotAMember, NotAtTheCounter, UndoneSince, TicketNotUsable.
    """
    ticket = _lock(ticket_id, code)
    membership = memberships.open_one(actor, partner_id)
    if membership is None:
        raise NotAMember
    for first in _by_form(ticket.pk, key, actor.pk):
        if first.undone_at:
            raise UndoneSince
        return first
    verdicts = Verdicts(membership.partner, [ticket])
    if refusal := verdicts.why_not(ticket):
        raise refusal
    if ticket.offer_id is None and code is None:
        raise Unknown
    if ticket.offer_id is None and offer_id is None:
        # It was used when the form was read, which did not ask for what, and is no longer.
        raise UndoneSince
    # Another organisme's offer is none.
    used_for = ticket.offer_id or (offer_id if offer_id in verdicts.offers else None)
    today = timezone.localdate()
    return services.use_locked(ticket, today, offer_id=used_for, actor=actor, way=way, key=key)


def _lock(ticket_id: int, code: str | None) -> Ticket:
    """Raises Unknown."""
    try:
        ticket = services.lock(ticket_id)
    except Ticket.DoesNotExist:
        raise Unknown from None
    if code not in (None, ticket.code):
        raise Unknown
    return ticket
