"""A form that leaves twice makes its ticket once."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import fill_ticket, go_on, go_to_known_partner, listed_tickets, log_in, make_ticket, menu

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_double_click(visit: Visitors, javascript: bool):
    page = visit(javascript=javascript)
    log_in(page, "garance.test")
    go_to_known_partner(page, javascript=javascript)
    fill_ticket(page, "20")
    page.get_by_role("button", name="Valider le ticket").dblclick()
    expect(page.get_by_text("Félicitations")).to_contain_text("Votre ticket de 20,00 € a bien été généré")

    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(1)


def test_back_after_the_success_page(visit: Visitors):
    """The form comes back with what is left now: sent again, it is judged on that."""
    page = visit()
    log_in(page, "garance.test")
    make_ticket(page, "50")
    page.go_back()
    expect(page.get_by_role("main")).to_contain_text("Il me reste 10,00 € de tickets à générer")
    fill_ticket(page, "50")
    go_on(page, "Valider le ticket")
    expect(page.get_by_label("Montant du ticket")).to_have_accessible_description(
        "Il ne reste que 10,00 € dans ce porte-monnaie."
    )

    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(1)
