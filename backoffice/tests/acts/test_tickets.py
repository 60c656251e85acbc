"""A ticket is cancelled, used, and its use undone."""

import pytest

from accounts.audit import Action, AuditEntry
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State
from tickets.tests.factories import make_ticket
from wallets.models import Kind, LateCancellation
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


def test_a_paper_ticket_is_used_where_there_is_an_offer(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    offer = make_offer(kind=Kind.CULTURE)

    act(ticket, "utiliser", offer=offer.pk)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer, ticket.used_by) == (State.USED, offer, agent)
    assert AuditEntry.objects.get().details == str(offer)


def test_an_assigned_ticket_needs_no_organisme(act, agent):
    offer = make_offer(kind=Kind.CULTURE)
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE), offer=offer)

    act(ticket, "utiliser")

    ticket.refresh_from_db()
    assert ticket.state == State.USED


def test_a_use_is_undone(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    services.use(ticket_id=ticket.pk, actor=agent, offer_id=make_offer(kind=Kind.CULTURE).pk)

    act(ticket, "annuler-l-utilisation")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer) == (State.UNUSED, None)
    assert journal() == [(Action.USE_UNDONE, WHY, agent)]
