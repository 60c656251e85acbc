"""The child is in the address: two tabs on two children do not mix."""

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .steps import choose_child, fill_ticket, go_on, go_to_known_partner, left_in, log_in, menu

pytestmark = pytest.mark.journey


def test_two_tabs_on_two_children(visit: Visitors):
    garance = visit()
    log_in(garance, "parent.test")
    choose_child(garance, "Garance TEST CD 92")
    lucien = garance.context.new_page()
    lucien.goto("/beneficiaires/")
    choose_child(lucien, "Lucien TEST CD 92")

    go_to_known_partner(garance)
    go_to_known_partner(lucien)
    expect(garance.get_by_role("main")).to_contain_text("Il me reste 60,00 €")
    expect(lucien.get_by_role("main")).to_contain_text("Il me reste 20,00 €")
    fill_ticket(garance, "15")
    fill_ticket(lucien, "7")
    go_on(garance, "Valider le ticket")
    go_on(lucien, "Valider le ticket")

    for page, left in ((garance, "45,00 €"), (lucien, "13,00 €")):
        menu(page, "Loisirs", "Suivi de mes porte-monnaie")
        expect(left_in(page, "Culture")).to_have_text(left)
