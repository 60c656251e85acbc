"""The book of a race finds what must never happen: a hunt that finds nothing has looked."""

from decimal import Decimal

import pytest

from proof.races.acts import DONE, Act, Outcome, What
from proof.races.book import Book, Found

ORDER = Act(what=What.ORDER, key="a", euros=Decimal(10), quantity=2)
CANCEL = Act(what=What.CANCEL, ticket=1, euros=Decimal(10))
USE = Act(what=What.USE, ticket=1, euros=Decimal(10))
CONFIRMED = Act(what=What.USE, ticket=1, key="formulaire", euros=Decimal(10))
UNDONE = Act(what=What.UNDO_USE, ticket=1, euros=Decimal(10))
GIFT = Act(what=What.GIVE, key="geste", euros=Decimal(5))


def judge(*acts, refused=(), balance="60", tickets=0, cancelled=0, used=0, lapsed="0", paid=None, twice=0):
    book = Book(Decimal(60))
    book.note([*(Outcome(act, DONE) for act in acts), *(Outcome(act, "refus") for act in refused)])
    euros = None if paid is None else Decimal(paid)
    found = Found(Decimal(balance), Decimal(lapsed), tickets, cancelled, used, euros, twice)
    verdict = book.judge(found)
    return verdict.duplicates, verdict.euros_lost


def test_what_a_campaign_gave_or_took_counts_as_it_was_told():
    opening = Act(what=What.OTHER)
    for balance, lost in (("60", 0), ("140", 80)):
        book = Book(Decimal(60))
        book.note(Outcome(opening, DONE, moved=Decimal(moved)) for moved in (-60, 60))
        book.note([Outcome(opening, "refus")])
        assert book.judge(Found(Decimal(balance), Decimal(0), 0, 0, 0)).euros_lost == lost


@pytest.mark.parametrize(
    ("acts", "found"),
    [
        ([], {}),
        ([ORDER], {"balance": "40", "tickets": 2}),
        # The same form twice, and the same gift.
        ([ORDER, ORDER, GIFT, GIFT], {"balance": "45", "tickets": 2}),
        ([ORDER, CANCEL], {"balance": "50", "tickets": 2, "cancelled": 1}),
        ([ORDER, USE], {"balance": "40", "tickets": 2, "used": 1}),
        # A counter's form too, and what is taken back may be used by another one.
        ([ORDER, CONFIRMED, CONFIRMED], {"balance": "40", "tickets": 2, "used": 1}),
        ([ORDER, CONFIRMED, UNDONE], {"balance": "40", "tickets": 2}),
        ([ORDER, CONFIRMED, UNDONE, USE], {"balance": "40", "tickets": 2, "used": 1}),
        ([ORDER], {"balance": "0", "tickets": 2, "lapsed": "40"}),
        # Nobody has asked for the payments yet.
        ([ORDER, USE], {"balance": "40", "tickets": 2, "used": 1, "paid": None}),
        ([ORDER, USE], {"balance": "40", "tickets": 2, "used": 1, "paid": "10"}),
        ([ORDER, CONFIRMED, CONFIRMED, UNDONE], {"balance": "40", "tickets": 2, "paid": "0"}),
    ],
)
def test_what_was_told_is_there(acts, found):
    assert judge(*acts, **found) == (0, 0)


def test_what_was_refused_is_not_expected():
    assert judge(refused=[ORDER, GIFT]) == (0, 0)


def test_an_order_made_twice():
    assert judge(ORDER, balance="20", tickets=4) == (2, 20)


def test_an_order_that_nobody_was_told_of():
    assert judge(balance="40", tickets=2) == (2, 20)


def test_money_that_is_gone_without_a_ticket():
    assert judge(ORDER, balance="30", tickets=2) == (0, 10)


def test_a_ticket_used_and_paid_back():
    assert judge(ORDER, USE, CANCEL, balance="50", tickets=2, used=1, cancelled=1) == (1, 0)


def test_a_ticket_used_by_two_forms():
    other = Act(what=What.USE, ticket=1, key="autre formulaire")
    assert judge(ORDER, CONFIRMED, other, balance="40", tickets=2, used=1) == (2, 0)


def test_two_tickets_of_one_form():
    other = Act(what=What.USE, ticket=2, key="formulaire")
    assert judge(ORDER, CONFIRMED, other, balance="40", tickets=2, used=2) == (0, 0)


def test_a_use_taken_back_twice():
    assert judge(ORDER, CONFIRMED, UNDONE, UNDONE, balance="40", tickets=2) == (1, 0)


def test_one_key_for_two_orders():
    other = Act(what=What.ORDER, key="a", euros=Decimal(12), quantity=2)
    assert judge(ORDER, other, balance="40", tickets=2) == (1, 0)


@pytest.mark.parametrize(("paid", "lost"), [("0", 10), ("20", 10), ("10", 0)])
def test_a_use_that_nobody_paid_and_one_paid_twice(paid, lost):
    assert judge(ORDER, USE, balance="40", tickets=2, used=1, paid=paid) == (0, lost)


def test_a_use_that_was_paid_and_taken_back():
    assert judge(ORDER, USE, UNDONE, balance="40", tickets=2, paid="10") == (0, 10)


def test_a_ticket_in_two_payments():
    assert judge(ORDER, USE, balance="40", tickets=2, used=1, paid="10", twice=1) == (1, 0)
