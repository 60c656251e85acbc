"""A ticket made anew: its paper was lost, it was cancelled by mistake, it is of the wrong organisme."""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.money import NBSP
from wallets.models import Wallet

from . import services
from .exceptions import TicketNotRemade
from .models import State, Ticket


def remade_as(ticket: Ticket) -> Ticket | None:
    """The one that stands for it."""
    return getattr(ticket, "remade_as", None)


def can_be_remade(ticket: Ticket) -> bool:
    """By its state; `why_not_today` says the rest."""
    return ticket.displayed_state in {State.UNUSED, State.CANCELLED}


def why_not_today(ticket: Ticket) -> str:
    """In a few words, whatever the wallet has left; empty if nothing is in the way."""
    if anew := remade_as(ticket):
        return f"déjà refait, {anew}"
    campaign, today = ticket.wallet.campaign, timezone.localdate()
    if not campaign.takes_tickets_on(today):
        return "la campagne ne prend pas de ticket aujourd’hui"
    if ticket.displayed_state == State.UNUSED and campaign.late_cancellation_on(today):
        return "annulé aujourd’hui, il ne rendrait pas sa somme"
    return ""


@transaction.atomic
def remake(*, ticket_id: int, offer_id: int | None, key: uuid.UUID, actor: User) -> Ticket:
    """Make a ticket of the same amount, and cancel first this one if it is still worth something.

    For agents. `offer_id` is that of the ticket, or the one that was meant; None makes it on paper. The same
    key sent again returns the first. Locks the wallet, then the ticket. Raises TicketNotRemade,
    CreditWouldBeLost, and what `services.order` raises: then nothing is cancelled either.
    """
    wallet = Wallet.objects.locked().get(tickets=ticket_id)
    ticket = Ticket.objects.select_related("wallet__campaign").get(pk=ticket_id)
    if not services.was_placed(key):
        if remade_as(ticket) or not can_be_remade(ticket):
            raise TicketNotRemade(_why_not(ticket))
        if ticket.displayed_state == State.UNUSED:
            services.stop(ticket_id=ticket_id, actor=actor)
    order = services.order(
        key=key,
        wallet_id=wallet.pk,
        offer_id=offer_id,
        amount=ticket.amount,
        actor=actor,
        remakes_id=ticket_id,
    )
    return order.tickets.get()


def _why_not(ticket: Ticket) -> str:
    if anew := remade_as(ticket):
        return f"Ce ticket est déjà refait{NBSP}: {anew}."
    state = f"«{NBSP}{ticket.state_label}{NBSP}»"
    return f"Ce ticket ne peut pas être refait{NBSP}: il est {state}."
