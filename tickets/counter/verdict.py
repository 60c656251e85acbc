"""Why an organisme cannot use tickets now."""

from collections.abc import Iterable
from functools import cached_property

from django.utils import timezone

from core.compiled_query import CompiledQuery
from partners.models import Offer, Partner

from ..exceptions import TicketNotUsable
from ..models import USED_STATES, State, Ticket, Use
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
    return Verdicts(partner, [ticket]).why_not(ticket)


class Verdicts:
    """The same of many tickets, for as many queries as of one."""

    def __init__(self, partner: Partner, tickets: Iterable[Ticket]) -> None:
        self._partner, self._tickets = partner, tickets

    def why_not(self, ticket: Ticket) -> TicketNotUsable | None:
        match ticket.displayed_state:
            # One that was taken back at this very instant is judged like those that nobody used.
            case state if state in USED_STATES and (use := self._uses.get(ticket.pk)):
                is_here = use.offer.partner_id == self._partner.pk
                return UsedHere(use) if is_here else UsedElsewhere(use)
            case State.CANCELLED:
                return Cancelled()
            case State.EXPIRED:
                return Expired(ticket)
        if ticket.offer and ticket.offer.partner_id != self._partner.pk:
            return ForAnother()
        since = self._partner.suspended_on
        if since and since <= timezone.localdate():
            return Suspended(since)
        return None if ticket.offer_id else self._why_not_on_paper(ticket)

    def _why_not_on_paper(self, ticket: Ticket) -> TicketNotUsable | None:
        if not self._partner.is_affiliated_on(timezone.localdate()):
            return NotInForce()
        return None if ticket.wallet.kind in self.offers.values() else OfTheOtherKind(ticket)

    @cached_property
    def _uses(self) -> dict[int, Use]:
        living = Use.objects.living().select_related("actor", "offer")
        return {use.ticket_id: use for use in living.filter(ticket__in=[it.pk for it in self._tickets])}

    @cached_property
    def offers(self) -> dict[int, str]:
        """The wallet that pays for each that a paper ticket may be used for."""
        return {offer.pk: offer.kind for offer in offers_for(self._partner)}


_offers = CompiledQuery(
    lambda partner, today: (
        Offer.objects.current_on(today).filter(partner_id=partner).select_related("activity")
    )
)


def offers_for(partner: Partner) -> list[Offer]:
    """What a paper ticket may be used for here today."""
    return _offers(partner.pk, timezone.localdate())
