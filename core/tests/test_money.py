"""Euros as people write and read them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import NotAnAmount, euros, parse_euros, short_euros
from core.tests.amounts import READ


@pytest.mark.parametrize(("typed", "amount"), READ.items())
def test_what_people_write(typed, amount):
    """family.md 23, and what is not read."""
    if amount is None:
        with pytest.raises(NotAnAmount):
            parse_euros(typed)
    else:
        assert str(parse_euros(typed)) == amount


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Saisissez un montant"),
        ("   ", "Saisissez un montant"),
        ("€", "en chiffres"),
        ("douze", "en chiffres"),
        ("10 00", "en chiffres"),
        ("1.000,50", "en chiffres"),
        ("12,50,00", "en chiffres"),
        ("1e3", "en chiffres"),
        ("NaN", "en chiffres"),
        # security.md F25.
        ("12€50€", "en chiffres"),
        ("12 € 50 €", "en chiffres"),
        ("12€€", "en chiffres"),
        ("12²", "en chiffres"),
        ("\N{MINUS SIGN}12", "positif"),
        ("٣", "en chiffres"),
        ("12,505", "deux chiffres au plus"),
        ("-12", "positif"),
        ("9" * 400, "trop grand"),
    ],
)
def test_what_is_no_amount(typed, sentence):
    with pytest.raises(NotAnAmount, match=sentence):
        parse_euros(typed)


@given(st.decimals(min_value=0, max_value=999_999, places=2))
def test_what_we_write_we_can_read(amount):
    assert parse_euros(euros(amount)) == amount


@given(st.text())
def test_any_text_is_an_amount_or_is_refused(text):
    with suppress(NotAnAmount):
        assert parse_euros(text).as_tuple().exponent == -2


def test_how_amounts_are_shown():
    assert euros(Decimal("1234.5")) == "1\N{NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€"
    assert euros(Decimal(-5)) == "\N{MINUS SIGN}5,00\N{NO-BREAK SPACE}€"
    assert short_euros(Decimal("10.00")) == "10\N{NO-BREAK SPACE}€"
    assert short_euros(Decimal("10.50")) == "10,50\N{NO-BREAK SPACE}€"
