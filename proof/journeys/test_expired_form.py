"""A form sent from a tab that was open since yesterday."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import fill_ticket, go_on, go_to_known_partner, listed_tickets, log_in, menu

pytestmark = pytest.mark.journey


def test_an_expired_form_explains_and_leads_back(visit: Visitors):
    page = visit(refusals={403})
    log_in(page, "garance.test")
    go_to_known_partner(page)
    form = page.url
    fill_ticket(page, "50")
    page.context.clear_cookies(name="__Host-csrftoken")
    go_on(page, "Valider le ticket")
    expect(page.get_by_role("heading", level=1)).to_have_text("La page est restée ouverte trop longtemps")
    expect(page.get_by_role("main")).to_contain_text("rien n’a été enregistré")

    page.get_by_role("link", name="Recharger la page").click()
    assert page.url == form
    expect(page.get_by_role("main")).to_contain_text("Il me reste 60,00 €")
    fill_ticket(page, "50")
    go_on(page, "Valider le ticket")
    expect(page.get_by_text("Félicitations")).to_be_visible()
    menu(page, "Loisirs", "Mes transactions")
    expect(listed_tickets(page)).to_have_count(1)
