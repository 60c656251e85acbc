"""Where a ticket is taken, and a use that was a mistake."""

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer, make_partner
from tickets import services
from tickets.exceptions import (
    TicketNotUsable,
    TicketNotUsed,
)
from tickets.models import State
from tickets.tests.factories import make_ticket
from tickets.tests.states import put_into
from wallets.models import Kind
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db


def test_a_paper_ticket_receives_its_organisme_when_it_is_used():
    ticket, offer = make_ticket(), make_offer()
    services.use(ticket_id=ticket.pk, offer_id=offer.pk, actor=make_user())
    ticket.refresh_from_db()

    assert (ticket.state, ticket.offer) == (State.USED, offer)


def test_an_assigned_ticket_is_honoured_after_its_organisme_has_left():
    offer = make_offer()
    ticket = make_ticket(offer=offer)
    offer.partner.affiliated_until = days(-1)
    offer.partner.save()
    services.use(ticket_id=ticket.pk, actor=make_user())
    ticket.refresh_from_db()

    assert ticket.state == State.USED


@pytest.mark.parametrize(
    "offer",
    [
        lambda: None,
        lambda: make_offer(kind=Kind.SPORT).pk,
        lambda: make_offer(partner=make_partner(affiliated_until=days(-1))).pk,
        lambda: 10**9,
    ],
    ids=["nowhere", "of the other kind", "that has left", "that does not exist"],
)
def test_where_a_paper_ticket_is_not_taken(offer):
    ticket = make_ticket()
    with pytest.raises(TicketNotUsable):
        services.use(ticket_id=ticket.pk, offer_id=offer(), actor=make_user())


def test_an_assigned_ticket_is_not_taken_elsewhere():
    ticket = make_ticket(offer=make_offer())
    with pytest.raises(TicketNotUsable):
        services.use(ticket_id=ticket.pk, offer_id=make_offer().pk, actor=make_user())


def test_an_agents_mistake_is_undone():
    ticket = make_ticket(offer=make_offer())
    put_into(State.USED, ticket)
    services.undo_use(ticket_id=ticket.pk, actor=make_user())
    ticket.refresh_from_db()

    assert (ticket.state, ticket.used_at, ticket.used_by) == (State.UNUSED, None, None)
    assert ticket.offer == ticket.order.offer
    put_into(State.CANCELLED, ticket)


def test_a_paper_ticket_whose_use_is_undone_belongs_to_no_organisme_again():
    ticket = make_ticket()
    services.use(ticket_id=ticket.pk, offer_id=make_offer().pk, actor=make_user())
    services.undo_use(ticket_id=ticket.pk, actor=make_user())
    ticket.refresh_from_db()

    assert ticket.offer is None


@pytest.mark.parametrize("start", [State.UNUSED, State.CANCELLED, State.EXPIRED])
def test_what_was_not_used_has_no_use_to_undo(start):
    ticket = make_ticket(offer=make_offer())
    if start != State.UNUSED:
        put_into(start, ticket)
    with pytest.raises(TicketNotUsed, match=start.label):
        services.undo_use(ticket_id=ticket.pk, actor=make_user())
