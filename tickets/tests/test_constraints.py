"""What the database itself refuses."""

import uuid

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets.models import Order, State, Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Nature

pytestmark = pytest.mark.django_db


def copy(ticket, **fields):
    entry = ticket.wallet.entries.create(amount=-10, nature=Nature.SPENDING, label="Ticket papier")
    same = {"order": ticket.order, "wallet": ticket.wallet, "amount": ticket.amount, "entry": entry}
    return Ticket.objects.create(**same | fields)


def test_two_tickets_with_one_code(refused_by):
    ticket = make_ticket()
    with refused_by("tickets_ticket_code_is_unique"):
        copy(ticket, code=ticket.code)


def test_two_tickets_with_one_number(refused_by):
    ticket = make_ticket()
    with refused_by("tickets_ticket_pkey"):
        copy(ticket, number=ticket.number)


def test_two_tickets_for_one_entry(refused_by):
    ticket = make_ticket()
    with refused_by("tickets_ticket_entry_id_key"):
        copy(ticket, entry=ticket.entry)


def test_two_orders_with_one_key(refused_by):
    order = make_ticket().order
    with refused_by("tickets_order_pkey"):
        Order.objects.create(key=order.key, wallet=order.wallet, amount=1, quantity=1, actor=order.actor)


def test_an_order_of_nothing(refused_by):
    order = make_ticket().order
    with refused_by("tickets_order_has_a_ticket"):
        Order.objects.create(key=uuid.uuid4(), wallet=order.wallet, amount=1, quantity=0, actor=order.actor)


def test_an_order_of_tickets_for_nothing(refused_by):
    make_ticket()
    with refused_by("tickets_order_amount_is_positive"):
        Order.objects.update(amount=0)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_that_is_not_positive(refused_by, amount):
    make_ticket()
    with refused_by("tickets_ticket_amount_is_positive"):
        Ticket.objects.update(amount=amount)


def test_an_unknown_state(refused_by):
    make_ticket()
    with refused_by("tickets_ticket_state_is_known"):
        Ticket.objects.update(state="lost")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("tickets_ticket_used_means_dated_and_signed", {"state": State.USED}),
        ("tickets_ticket_used_means_dated_and_signed", {"used_at": timezone.now()}),
        ("tickets_ticket_cancelled_means_dated_and_signed", {"state": State.CANCELLED}),
        (
            "tickets_ticket_cancelled_means_dated_and_signed",
            {"state": State.CANCELLED, "cancelled_at": timezone.now()},
        ),
        ("tickets_ticket_cancelled_means_dated_and_signed", {"cancelled_at": timezone.now()}),
        ("tickets_ticket_expired_means_dated", {"state": State.EXPIRED}),
        ("tickets_ticket_expired_means_dated", {"expired_at": timezone.now()}),
        ("tickets_ticket_credit_lost_means_cancelled", {"credit_lost": True}),
    ],
)
def test_a_state_without_its_date_and_author(refused_by, constraint, fields):
    make_ticket(offer=make_offer())
    with refused_by(constraint):
        Ticket.objects.update(**fields)


def test_used_nowhere(refused_by):
    make_ticket()
    with refused_by("tickets_ticket_used_means_somewhere"):
        Ticket.objects.update(state=State.USED, used_at=timezone.now(), used_by=make_user())
