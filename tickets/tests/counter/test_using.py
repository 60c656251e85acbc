"""A member uses a ticket: once, of the whole amount, at its own organisme."""

import uuid

import pytest
from django.urls import reverse

from core.exceptions import Refusal
from partners import memberships
from partners.exceptions import NotAMember
from partners.models import Role
from partners.tests.factories import make_offer
from partners.tests.members import make_member
from tickets.counter import refusals, using
from tickets.exceptions import TicketNotUsable
from tickets.models import State, Ticket, Use, Way, used_without_a_use
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.factories import make_ticket
from tickets.tests.states import put_into
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def wallet():
    return make_wallet("60", kind=Kind.CULTURE)


def test_a_paper_ticket_is_used_where_it_is_presented(counter, wallet):
    ticket = make_ticket(wallet=wallet)
    use = counter.use(ticket)
    ticket.refresh_from_db()

    assert (ticket.state, ticket.offer, ticket.used_by) == (State.USED, counter.offer, counter.member)
    assert (use.way, use.offer, use.actor, use.used_at) == (
        Way.TYPED,
        counter.offer,
        counter.member,
        ticket.used_at,
    )
    assert Wallet.objects.get(pk=wallet.pk).balance == 50


def test_the_same_form_again_answers_the_first_use(counter, wallet):
    ticket, key = make_ticket(wallet=wallet), uuid.uuid4()

    assert counter.use(ticket, key=key) == counter.use(ticket, key=key)
    assert Use.objects.count() == 1


def test_another_form_is_told_that_it_is_used(counter, wallet):
    ticket = make_ticket(wallet=wallet)
    counter.use(ticket)
    with pytest.raises(refusals.UsedHere):
        counter.use(ticket)
    with pytest.raises(refusals.UsedElsewhere):
        elsewhere().use(ticket)


@pytest.mark.parametrize("states", [[State.IN_PAYMENT], [State.IN_PAYMENT, State.PAID]])
def test_one_that_is_being_paid_is_told_as_used(counter, wallet, states):
    ticket = make_ticket(wallet=wallet)
    counter.use(ticket)
    for state in states:
        put_into(state, ticket)
    for at, refusal in ((counter, refusals.UsedHere), (elsewhere(), refusals.UsedElsewhere)):
        with pytest.raises(refusal):
            at.look(ticket.code)
        with pytest.raises(refusal):
            at.use(ticket)


def test_the_same_key_of_another_member_is_another_form(counter, wallet):
    ticket, key = make_ticket(wallet=wallet), uuid.uuid4()
    counter.use(ticket, key=key)
    with pytest.raises(refusals.UsedElsewhere):
        elsewhere().use(ticket, key=key)


def test_a_form_sent_again_after_its_use_was_undone(counter, wallet):
    ticket, key = make_ticket(wallet=wallet), uuid.uuid4()
    counter.undo(counter.use(ticket, key=key))
    with pytest.raises(refusals.UndoneSince):
        counter.use(ticket, key=key)
    counter.use(ticket)
    ticket.refresh_from_db()

    assert ticket.state == State.USED


def test_an_assigned_ticket_needs_no_code(counter, wallet):
    ticket = make_ticket(wallet=wallet, offer=counter.offer)

    assert counter.use(ticket, by_code=False).way == Way.LIST


def test_a_paper_ticket_does(counter, wallet):
    ticket = make_ticket(wallet=wallet)
    with pytest.raises(refusals.Unknown):
        counter.use(ticket, by_code=False)


def test_another_organismes_ticket_is_not_used_by_its_number(counter, wallet):
    ticket = make_ticket(wallet=wallet, offer=make_offer("Piano", Kind.CULTURE))
    with pytest.raises(refusals.ForAnother):
        counter.use(ticket, by_code=False)


def test_a_number_and_the_code_of_another_ticket(counter, wallet):
    ticket, other = make_ticket(wallet=wallet), make_ticket(wallet=wallet)
    forged = Ticket(pk=ticket.pk, code=other.code)
    with pytest.raises(refusals.Unknown):
        counter.use(forged)


def test_a_number_that_is_no_tickets(counter):
    with pytest.raises(refusals.Unknown):
        counter.use(Ticket(pk=10**9, code="x"))


def test_a_form_that_was_read_while_the_ticket_was_used(client, counter, wallet, monkeypatch):
    """It asked for no activity, since the ticket had one; taken back meanwhile, the ticket has none."""
    ticket, sent = make_ticket(wallet=wallet), {"key": uuid.uuid4(), "way": Way.TYPED}
    use, use_now = counter.use(ticket), using.use

    def use_after_the_undo(**asked):
        counter.undo(use)
        return use_now(**asked)

    monkeypatch.setattr(using, "use", use_after_the_undo)
    client.force_login(counter.member)
    url = reverse("tickets:use", args=[counter.partner.pk])
    page = client.post(url, sent | {"code": ticket.code}, follow=True)

    assert "vérifiez de nouveau son code" in page.content.decode()
    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer) == (State.UNUSED, None)


@pytest.mark.parametrize("kind", Kind)
def test_a_forged_offer(counter, wallet, kind):
    ticket, others = make_ticket(wallet=wallet), make_offer("Danse", kind)
    with pytest.raises(TicketNotUsable):
        counter.use(ticket, offer=others)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer) == (State.UNUSED, None)


def test_a_member_that_was_closed_between_two_clicks(counter, wallet):
    ticket = make_ticket(wallet=wallet)
    make_member(counter.partner, Role.MANAGER)
    memberships.close(
        membership_id=counter.membership.pk, partner_id=counter.partner.pk, actor=counter.member
    )
    with pytest.raises(NotAMember):
        counter.use(ticket)


@pytest.mark.parametrize("state", [State.CANCELLED, State.EXPIRED])
def test_a_page_kept_open_over_its_last_midnight(counter, wallet, state):
    ticket = make_ticket(wallet=wallet)
    put_into(state, ticket)
    with pytest.raises(Refusal):
        counter.use(ticket)


def test_what_is_used_has_a_use_and_the_reverse(counter, wallet):
    ticket, other = make_ticket(wallet=wallet), make_ticket(wallet=wallet)
    counter.use(ticket)

    assert not used_without_a_use().exists()
    assert not Use.objects.at_odds_with_tickets().exists()
    Use.objects.update(ticket=other)
    assert [it.pk for it in used_without_a_use()] == [ticket.pk]
    assert Use.objects.at_odds_with_tickets().count() == 1


def test_constraints(refused_by, counter, wallet):
    ticket, key = make_ticket(wallet=wallet), uuid.uuid4()
    counter.undo(counter.use(ticket, key=key))
    of_it = {"ticket": ticket, "offer": counter.offer, "actor": counter.member, "way": Way.TYPED}
    with refused_by("tickets_use_once_a_form"):
        Use.objects.create(**of_it, key=key)
    Use.objects.create(**of_it)
    with refused_by("tickets_use_one_living"):
        Use.objects.create(**of_it)
    with refused_by("tickets_use_way_is_known"):
        Use.objects.update(way="dit")
    with refused_by("tickets_use_undone_means_dated_and_signed"):
        Use.objects.update(undone_by=None)
