"""The amount: « Tout le solde », and what will be left while one types."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .steps import fill_ticket, go_on, go_to_known_partner, go_to_paper, log_in, pick

pytestmark = pytest.mark.journey


def told(page: Page, sentence: str) -> None:
    expect(page.get_by_role("main").get_by_role("status").last).to_have_text(sentence)


def test_what_will_be_left_is_said_while_one_types(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    go_to_known_partner(page)
    amount = page.get_by_label("Montant du ticket")
    for typed, sentence in (
        ("50", "Il restera 10,00 €."),
        ("12,5", "Il restera 47,50 €."),
        ("12.50 €", "Il restera 47,50 €."),
        ("1 000", "C’est 940,00 € de plus que le solde."),
        ("douze", ""),
        ("60", "Il restera 0,00 €."),
    ):
        amount.fill(typed)
        told(page, sentence)


def test_all_that_is_left_in_one_touch(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    go_to_paper(page)
    pick(page, "Je souhaite créer un ticket sur le porte-monnaie Sport")
    go_on(page)
    where = page.url
    page.get_by_role("link", name="Tout le solde : 20,00 €").click()
    expect(page.get_by_label("Montant du ticket")).to_have_value("20,00")
    expect(page.get_by_label("Montant du ticket")).to_be_focused()
    told(page, "Il restera 0,00 €.")
    assert page.url == where
    go_on(page, "Créer le ticket")
    expect(page.get_by_role("main")).to_contain_text("Votre ticket de 20,00 € a bien été généré.")


def test_without_javascript_too(visit: Visitors):
    page = visit(javascript=False)
    log_in(page, "garance.test")
    go_to_known_partner(page, javascript=False)
    page.get_by_role("link", name="Tout le solde : 60,00 €").click()
    amount = page.get_by_label("Montant du ticket")
    expect(amount).to_have_value("60,00")
    fill_ticket(page, amount.input_value())
    go_on(page, "Valider le ticket")
    expect(page.get_by_role("main")).to_contain_text("Votre ticket de 60,00 € a bien été généré.")
