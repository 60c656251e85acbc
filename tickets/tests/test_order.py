"""Making tickets: what is given, and what is sent twice."""

import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets.exceptions import OrderKeyReused
from tickets.models import State, Ticket
from tickets.tests.orders import order
from wallets.models import Kind, Nature
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_a_ticket_for_a_known_organisme():
    wallet, offer, actor = make_wallet("60"), make_offer(), make_user()
    ticket = order(wallet, offer=offer, actor=actor).tickets.get()

    wallet.refresh_from_db()
    assert wallet.balance == Decimal(10)
    assert (ticket.offer, ticket.amount, ticket.state) == (offer, Decimal(50), State.UNUSED)
    assert (ticket.entry.amount, ticket.entry.actor) == (Decimal(-50), actor)
    assert not Ticket.objects.at_odds_with_ledger().exists()


def test_a_series_on_paper():
    wallet = make_wallet("60")
    tickets = order(wallet, "10", quantity=6).tickets.all()

    wallet.refresh_from_db()
    assert wallet.balance == 0
    assert [ticket.offer for ticket in tickets] == [None] * 6
    assert len({ticket.code for ticket in tickets}) == 6


def test_six_tickets_cost_as_many_queries_as_one(django_assert_num_queries):
    actor, wallet = make_user(), make_wallet("60")
    for quantity in (1, 5):
        with django_assert_num_queries(10):
            order(wallet, "10", quantity=quantity, actor=actor)


def test_sent_twice_it_creates_once():
    wallet, asked = make_wallet("60"), {"key": uuid.uuid4(), "actor": make_user()}

    assert order(wallet, **asked) == order(wallet, **asked)
    assert Ticket.objects.count() == 1


def test_sent_twice_after_the_money_is_gone_it_still_finds_its_first_order():
    wallet, asked = make_wallet("60"), {"key": uuid.uuid4(), "actor": make_user()}
    first = order(wallet, "60", **asked)

    assert order(wallet, "60", **asked) == first


@pytest.mark.parametrize("change", ["amount", "quantity", "wallet", "offer", "actor"])
def test_the_same_key_with_other_content_is_refused(change):
    wallet = make_wallet("60")
    asked = {"wallet": wallet, "amount": "10", "key": uuid.uuid4(), "actor": make_user()}
    order(**asked)
    other = {
        "amount": "20",
        "quantity": 2,
        "wallet": make_wallet(),
        "offer": make_offer(),
        "actor": make_user(),
    }
    with pytest.raises(OrderKeyReused):
        order(**asked | {change: other[change]})

    assert Ticket.objects.count() == 1


def test_money_lost_on_a_cancelled_ticket_is_found():
    lost, wrong_amount, kept = order(make_wallet("60"), "10", quantity=3).tickets.order_by("number")
    for ticket in (lost, wrong_amount):
        Ticket.objects.filter(pk=ticket.pk).update(
            state=State.CANCELLED, cancelled_at=timezone.now(), cancelled_by=make_user()
        )
    for ticket in (wrong_amount, kept):
        ticket.wallet.entries.create(
            amount=9, nature=Nature.RETURN, label="Ticket annulé", reverses=ticket.entry
        )

    assert set(Ticket.objects.at_odds_with_ledger()) == {lost, wrong_amount, kept}


def test_a_ticket_that_agrees_with_nothing_is_found():
    wallet = make_wallet("60")
    wrong = order(wallet, "10", offer=make_offer()).tickets.get()
    order(wallet, "10")
    for spoil in ({"amount": 11}, {"wallet": make_wallet()}, {"offer": make_offer(kind=Kind.SPORT)}):
        Ticket.objects.filter(pk=wrong.pk).update(**spoil)
        assert list(Ticket.objects.at_odds_with_ledger()) == [wrong]
        wrong.save()
