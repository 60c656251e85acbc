"""An amount that cannot be: a sentence beside the field says why, and nothing changes."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import fill_ticket, go_on, go_to_known_partner, left_in, listed_tickets, log_in, menu

pytestmark = pytest.mark.journey

BAD_AMOUNTS = {
    "0": "Un ticket vaut au moins 1,00 €.",
    "-5": "Le montant doit être positif.",
    "0,99": "Un ticket vaut au moins 1,00 €.",
    "12,345": "Un montant a deux chiffres au plus après la virgule, par exemple 12,50.",
    "douze": "Écrivez le montant en chiffres, par exemple 12,50.",
    "60,01": "Il ne reste que 60,00 € dans ce porte-monnaie.",
    "1 000": "Il ne reste que 60,00 € dans ce porte-monnaie.",
    "9" * 20: "Ce montant est trop grand.",
}


def test_each_bad_amount_has_its_sentence(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    go_to_known_partner(page)
    form = page.url
    amount = page.get_by_label("Montant du ticket")
    for typed, sentence in BAD_AMOUNTS.items():
        fill_ticket(page, typed)
        go_on(page, "Valider le ticket")
        expect(amount).to_have_accessible_description(sentence)
        expect(amount).to_have_attribute("aria-invalid", "true")
        expect(amount).to_have_value(typed)
        expect(page.get_by_role("main").get_by_role("alert")).to_contain_text(sentence)
    assert page.url.partition("?")[0] == form

    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(0)
    menu(page, "Loisirs", "Suivi de mes porte-monnaie")
    expect(left_in(page, "Culture")).to_have_text("60,00 €")


def test_a_form_left_empty_then_filled(visit: Visitors):
    page = visit()
    log_in(page, "garance.test")
    go_to_known_partner(page)
    go_on(page, "Valider le ticket")
    for label, sentence in (
        ("Montant du ticket", "Saisissez un montant, par exemple 12,50."),
        ("Activité :", "Choisissez l’activité."),
    ):
        expect(page.get_by_label(label)).to_have_accessible_description(sentence)

    fill_ticket(page, "12,5")
    go_on(page, "Valider le ticket")
    expect(page.get_by_text("Félicitations")).to_contain_text("Votre ticket de 12,50 € a bien été généré")
