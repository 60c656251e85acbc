"""Tickets put into each state, and the days of their campaign moved."""

from django.utils import timezone

from accounts.tests.factories import make_user
from tickets import expiry, paying, services
from tickets.exceptions import TicketNotCancellable, TicketNotUsable
from tickets.models import State
from wallets.models import Campaign, Wallet
from wallets.tests.factories import days

MOVES = {State.USED: TicketNotUsable, State.CANCELLED: TicketNotCancellable}


def close(ticket, **fields):
    """Let the campaign's last ticket and cancellation days be over."""
    Campaign.objects.filter(pk=ticket.wallet.campaign_id).update(
        last_ticket_on=days(-1), last_cancellation_on=days(-1), **fields
    )


def end_validation(ticket):
    close(ticket, last_validation_on=days(-1))


def balance(ticket):
    return Wallet.objects.get(pk=ticket.wallet_id).balance


def put_into(state, ticket):
    match state:
        case State.USED:
            services.use(ticket_id=ticket.pk, actor=make_user())
        case State.CANCELLED:
            services.cancel(ticket_id=ticket.pk, actor=make_user())
        case State.EXPIRED:
            end_validation(ticket)
            expiry.expire(today=timezone.localdate())
        case State.IN_PAYMENT:
            paying.enter_batch([ticket.pk])
        case State.PAID:
            paying.pay([ticket.pk])
        case State.UNUSED:
            put_off(ticket)
            expiry.revive(today=timezone.localdate())


# What comes before each state, of a ticket that was just made.
WAYS = {State.UNUSED: [], State.PAID: [State.USED, State.IN_PAYMENT], State.IN_PAYMENT: [State.USED]}


def begin_as(state, ticket):
    for step in [*WAYS.get(state, []), state]:
        if step != State.UNUSED:
            put_into(step, ticket)


def put_off(ticket):
    """Let the campaign's last day of use be later."""
    Campaign.objects.filter(pk=ticket.wallet.campaign_id).update(last_validation_on=days(700))
