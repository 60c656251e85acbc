"""What a finger must hit on a telephone."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import PHONE, log_in, make_ticket, menu

pytestmark = pytest.mark.journey
# WCAG 2.5.8 asks for 24 pixels of what does not stand in a sentence; a card may be covered by its link.
TOO_LOW = """() => [...document.querySelectorAll("main :is(a, button, summary)")]
  .filter((one) => one.checkVisibility() && one.parentElement.textContent.trim() === one.textContent.trim())
  .filter((one) => Math.max(one.clientHeight, one.getBoundingClientRect().height) < 24)
  .filter((one) => getComputedStyle(one, "::after").position !== "absolute")
  .map((one) => one.textContent.trim())"""


def test_links_that_stand_alone_are_high_enough(visit: Visitors):
    """family.md 49: they were 19 pixels high."""
    page = visit(width=PHONE)
    log_in(page, "garance.test")
    expect(page.get_by_role("link", name="Où l’utiliser").first).to_be_visible()
    assert page.evaluate(TOO_LOW) == []
    make_ticket(page, "12")
    assert page.evaluate(TOO_LOW) == []
    for choice in ("Suivi de mes porte-monnaie", "Mes transactions"):
        menu(page, "Loisirs", choice)
        assert page.evaluate(TOO_LOW) == [], choice
    page.goto("/partenaires/")
    assert page.evaluate(TOO_LOW) == []


def test_the_whole_card_of_a_ticket_leads_to_it(visit: Visitors):
    """family.md 49: only its last line did."""
    page = visit(width=PHONE)
    log_in(page, "garance.test")
    make_ticket(page, "12")
    page.get_by_role("link", name="Retour à l’accueil").click()
    card = page.get_by_role("article").filter(has_text="MAITRISE STE MARIE")
    card.first.click(position={"x": 20, "y": 20})
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ticket n°")
