"""Amounts in letters."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.amount_in_words import LIMIT, amount_in_words

AMOUNTS = {
    "0": "zéro euro",
    "0.01": "un centime",
    "0.5": "cinquante centimes",
    "1": "un euro",
    "1.01": "un euro et un centime",
    "2": "deux euros",
    "10": "dix euros",
    "16": "seize euros",
    "17": "dix-sept euros",
    "20": "vingt euros",
    "21": "vingt et un euros",
    "31.31": "trente et un euros et trente et un centimes",
    "50": "cinquante euros",
    "60": "soixante euros",
    "61": "soixante et un euros",
    "69": "soixante-neuf euros",
    "70": "soixante-dix euros",
    "71": "soixante et onze euros",
    "77": "soixante-dix-sept euros",
    "80": "quatre-vingts euros",
    "80.80": "quatre-vingts euros et quatre-vingts centimes",
    "81": "quatre-vingt-un euros",
    "90": "quatre-vingt-dix euros",
    "91": "quatre-vingt-onze euros",
    "99.99": "quatre-vingt-dix-neuf euros et quatre-vingt-dix-neuf centimes",
    "100": "cent euros",
    "101": "cent un euros",
    "180": "cent quatre-vingts euros",
    "200": "deux cents euros",
    "201": "deux cent un euros",
    "1000": "mille euros",
    "1001": "mille un euros",
    "2000": "deux mille euros",
    "80000": "quatre-vingt mille euros",
    "200000": "deux cent mille euros",
    "280200": "deux cent quatre-vingt mille deux cents euros",
    "1000000": "un million d’euros",
    "1000001": "un million un euros",
    "80000000": "quatre-vingts millions d’euros",
    "200000080": "deux cents millions quatre-vingts euros",
    "4500000.10": "quatre millions cinq cent mille euros et dix centimes",
}


@pytest.mark.parametrize("amount", AMOUNTS)
def test_french_words(amount):
    assert amount_in_words(Decimal(amount)) == AMOUNTS[amount]


@pytest.mark.parametrize("amount", ["-0.01", str(LIMIT)])
def test_what_no_ticket_is_worth(amount):
    with pytest.raises(ValueError, match=amount):
        amount_in_words(Decimal(amount))


@given(st.integers(0, LIMIT - 1), st.integers(0, LIMIT - 1))
def test_two_amounts_never_read_the_same(one, other):
    assert (amount_in_words(Decimal(one)) == amount_in_words(Decimal(other))) == (one == other)
