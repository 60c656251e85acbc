"""A member uses a ticket for its organisme. No money moves: it left the wallet when the ticket was made."""

import uuid

from django.db import transaction

from accounts.models import User
from partners import memberships
from partners.exceptions import NotAMember
from partners.models import Partner

from .. import services
from ..models import Ticket, Use, Way
from .refusals import UndoneSince, Unknown
from .verdict import why_not


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
    if memberships.open_one(actor, partner_id) is None:
        raise NotAMember
    if first := Use.objects.filter(ticket=ticket, key=key, actor=actor).first():
        if first.undone_at:
            raise UndoneSince
        return first
    partner = Partner.objects.get(pk=partner_id)
    if refusal := why_not(ticket, partner):
        raise refusal
    if ticket.offer_id is None and code is None:
        raise Unknown
    if ticket.offer_id is None and offer_id is None:
        # It was used when the form was read, which did not ask for what, and is no longer.
        raise UndoneSince
    return services.use(
        ticket_id=ticket.pk,
        offer_id=ticket.offer_id or _own(partner, offer_id),
        actor=actor,
        way=way,
        key=key,
    )


def _lock(ticket_id: int, code: str | None) -> Ticket:
    """Raises Unknown."""
    try:
        ticket = services.lock(ticket_id)
    except Ticket.DoesNotExist:
        raise Unknown from None
    if code not in (None, ticket.code):
        raise Unknown
    return ticket


def _own(partner: Partner, offer_id: int | None) -> int | None:
    """Another organisme's offer is none: the service refuses it."""
    return partner.offers.filter(pk=offer_id or 0).values_list("pk", flat=True).first()
