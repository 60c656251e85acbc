"""An agent stops a ticket that was stolen."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.exceptions import (
    CreditWouldBeLost,
    TicketNotCancellable,
)
from tickets.models import State, Ticket
from tickets.tests.factories import make_ticket
from tickets.tests.states import balance, close, put_into
from wallets.models import LateCancellation, Wallet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("late_cancellation", LateCancellation)
def test_an_agent_stops_a_stolen_ticket_after_the_last_day(late_cancellation):
    """admin.md 8: in July nobody could, and it stayed usable for a year."""
    ticket = make_ticket("50.00")
    close(ticket, late_cancellation=late_cancellation)
    with pytest.raises(CreditWouldBeLost):
        services.stop(ticket_id=ticket.pk, actor=make_user())

    assert not services.stop(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.credit_lost, balance(ticket)) == (State.CANCELLED, True, Decimal(10))
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert not Wallet.objects.out_of_balance().exists()


def test_before_the_last_day_an_agent_gives_the_credit_back():
    ticket = make_ticket("50.00")

    assert services.stop(ticket_id=ticket.pk, actor=make_user())
    assert balance(ticket) == Decimal(60)


@pytest.mark.parametrize("state", [State.USED, State.CANCELLED, State.EXPIRED])
def test_what_is_no_longer_usable_is_not_stopped(state):
    ticket = make_ticket(offer=make_offer())
    put_into(state, ticket)
    with pytest.raises(TicketNotCancellable):
        services.stop(ticket_id=ticket.pk, actor=make_user(), accept_loss=True)
