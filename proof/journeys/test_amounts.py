"""The hint under an amount reads what the server reads."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from core.tests.amounts import READ

from .conftest import Visitors
from .steps import go_to_known_partner, log_in

pytestmark = pytest.mark.journey


def test_the_hint_agrees_with_the_server(visit: Visitors):
    """family.md 23: the hint read « 1 0 » as ten and « 0,5 » as fine, and the server refused both."""
    page = visit()
    log_in(page, "garance.test")
    go_to_known_partner(page)
    page.wait_for_load_state()
    read = page.evaluate("(written) => written.map(cents)", list(READ))

    assert dict(zip(READ, read, strict=True)) == {
        typed: amount and int(Decimal(amount) * 100) for typed, amount in READ.items()
    }


SAID = {
    "0,5": "Un ticket vaut au moins 1,00\N{NO-BREAK SPACE}€.",
    "1 0": "Il restera 50,00\N{NO-BREAK SPACE}€.",
    "10 euros": "Il restera 50,00\N{NO-BREAK SPACE}€.",
    "59,50": "Il restera 0,50\N{NO-BREAK SPACE}€, qui ne pourront plus servir.",
    "61": "C’est 1,00\N{NO-BREAK SPACE}€ de plus que le solde.",
    "dix": "",
}


def test_what_it_says(visit: Visitors):
    """family.md 13 and 23."""
    page = visit(width=375)
    log_in(page, "garance.test")
    go_to_known_partner(page)
    for typed, told in SAID.items():
        page.get_by_label("Montant du ticket").fill(typed)
        expect(page.locator("[data-fill] + output")).to_have_text(told)
