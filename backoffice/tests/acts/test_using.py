"""A ticket is marked as used, and its use undone."""

import pytest

from accounts.audit import Action, AuditEntry
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from .journal import WHY, journal

pytestmark = pytest.mark.django_db


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
