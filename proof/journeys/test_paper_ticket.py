"""A paper ticket of an amount of one's own, and what can no longer be done after it."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import go_on, go_to_paper, listed_tickets, log_in, menu, pick

pytestmark = pytest.mark.journey


def test_one_paper_ticket_that_empties_the_wallet(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    go_to_paper(page)
    for choice in (
        "Je souhaite créer un ticket sur le porte-monnaie Sport (solde : 20,00 €)",
        "Je souhaite créer un ticket sur le porte-monnaie Culture (solde : 60,00 €)",
        "Je souhaite créer 2 tickets de 10 € sur le porte-monnaie Sport",
        "Je souhaite créer 6 tickets de 10 € sur le porte-monnaie Culture",
    ):
        expect(page.get_by_label(choice)).to_be_enabled()
    pick(page, "Je souhaite créer un ticket sur le porte-monnaie Culture (solde : 60,00 €)")
    go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Création d’un ticket Culture")
    expect(page.get_by_role("main")).to_contain_text(
        "Saisissez le montant du ticket à créer (solde 60,00 €) :"
    )
    page.get_by_label("Montant du ticket").fill("60")
    go_on(page, "Créer le ticket")
    expect(page.get_by_text("Félicitations")).to_contain_text("Votre ticket de 60,00 € a bien été généré")

    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_contain_text([re.compile(r"Ticket papier.*60,00", re.DOTALL)])
    go_to_paper(page)
    for choice in (
        "un ticket sur le porte-monnaie Culture (solde : 0,00 €)",
        "des tickets de 10 € sur le porte-monnaie Culture",
    ):
        option = page.get_by_label(f"Je souhaite créer {choice}")
        expect(option).to_be_disabled()
        expect(option).to_have_accessible_description("Ce porte-monnaie est vide.")
    expect(page.get_by_text("Ce porte-monnaie est vide.")).to_have_count(2)
    expect(page.get_by_label("Je souhaite créer 2 tickets de 10 €")).to_be_enabled()
