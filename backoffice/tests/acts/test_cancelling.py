"""A ticket is cancelled."""

import pytest

from accounts.audit import Action, AuditEntry
from tickets.models import State
from tickets.tests.factories import make_ticket
from wallets.models import LateCancellation
from wallets.tests.factories import days, make_campaign, make_wallet

from .journal import WHY, journal

pytestmark = pytest.mark.django_db


def test_a_ticket_is_cancelled_and_its_credit_comes_back(act, agent):
    ticket = make_ticket("10", wallet=make_wallet("60"))

    act(ticket, "annuler")

    ticket.refresh_from_db()
    ticket.wallet.refresh_from_db()
    assert (ticket.state, ticket.cancelled_by, ticket.wallet.balance) == (State.CANCELLED, agent, 60)
    assert journal() == [(Action.TICKET_CANCELLED, WHY, agent)]


@pytest.mark.parametrize("late_cancellation", LateCancellation)
@pytest.mark.parametrize(("said", "state"), [({}, State.UNUSED), ({"accept_loss": "on"}, State.CANCELLED)])
def test_after_the_last_day_a_credit_is_lost_on_purpose_only(act, agent, said, state, late_cancellation):
    """admin.md 8: a ticket stolen in July is stopped, whatever families may do themselves."""
    campaign = make_campaign(late_cancellation=late_cancellation)
    ticket = make_ticket("20", wallet=make_wallet(campaign=campaign))
    campaign.last_ticket_on = campaign.last_cancellation_on = days(-1)
    campaign.save()

    act(ticket, "annuler", **said)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.credit_lost) == (state, state == State.CANCELLED)
    assert [line.details for line in AuditEntry.objects.all()] == [
        "20,00\N{NO-BREAK SPACE}€ perdus"
    ] * ticket.credit_lost
