"""Why an organisme cannot use a ticket now."""

from django.db.models import QuerySet
from django.utils import timezone

from partners.models import Offer, Partner

from ..exceptions import TicketNotUsable
from ..models import State, Ticket, Use
from .refusals import (
    Cancelled,
    Expired,
    ForAnother,
    NotInForce,
    OfTheOtherKind,
    Suspended,
    UsedElsewhere,
    UsedHere,
)


def why_not(ticket: Ticket, partner: Partner) -> TicketNotUsable | None:
    """Why this organisme cannot use this ticket now; nothing if it can."""
    match ticket.displayed_state:
        case State.USED:
            use = Use.objects.living().select_related("actor", "offer").get(ticket=ticket)
            return UsedHere(use) if use.offer.partner_id == partner.pk else UsedElsewhere(use)
        case State.CANCELLED:
            return Cancelled()
        case State.EXPIRED:
            return Expired(ticket)
    if ticket.offer and ticket.offer.partner_id != partner.pk:
        return ForAnother()
    if partner.suspended_on and partner.suspended_on <= timezone.localdate():
        return Suspended(partner.suspended_on)
    return None if ticket.offer_id else _why_not_on_paper(ticket, partner)


def _why_not_on_paper(ticket: Ticket, partner: Partner) -> TicketNotUsable | None:
    if not partner.is_affiliated_on(timezone.localdate()):
        return NotInForce()
    if not offers_for(partner).filter(kind=ticket.wallet.kind).exists():
        return OfTheOtherKind(ticket)
    return None


def offers_for(partner: Partner) -> QuerySet[Offer]:
    """What a paper ticket may be used for here today."""
    return Offer.objects.current_on(timezone.localdate()).filter(partner=partner).select_related("activity")
