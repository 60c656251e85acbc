"""An agent enrols a telephone, corrects a balance, marks a ticket used and thinks better of it."""

import pytest
from playwright.sync_api import expect

from .administration import act, do, enrol
from .conftest import Visitors
from .steps import choose_child, left_in, log_in, make_ticket, menu

pytestmark = pytest.mark.journey


def test_an_agent_corrects_uses_and_undoes(visit: Visitors):
    family = visit()
    log_in(family, "parent.test")
    choose_child(family, "Garance TEST CD 92")
    make_ticket(family, "50")

    page = visit()
    enrol(page, "agent.test")
    page.get_by_role("link", name="Porte-monnaie", exact=True).last.click()
    page.get_by_role("row", name="Garance").filter(has_text="Sport").get_by_role("link").first.click()
    act(page, "Créditer ou débiter")
    page.get_by_label("Créditer le porte-monnaie").check()
    page.get_by_label("Montant, en euros").fill("12,50")
    do(page, "Créditer ou débiter")

    page.goto("/admin/tickets/ticket/")
    page.get_by_role("row", name="Garance").get_by_role("link").first.click()
    act(page, "Marquer utilisé")
    do(page, "Marquer utilisé")
    menu(family, "Loisirs", "Mes transactions")
    expect(family.get_by_role("main")).to_contain_text("Utilisé")
    act(page, "Annuler l’utilisation")
    do(page, "Annuler l’utilisation")

    family.reload()
    expect(family.get_by_role("main")).to_contain_text("Non utilisé")
    menu(family, "Loisirs", "Suivi de mes porte-monnaie")
    expect(left_in(family, "Sport")).to_have_text("32,50 €")

    page.goto("/admin/accounts/auditentry/")
    for done in ("solde corrigé", "ticket marqué utilisé", "utilisation annulée"):
        expect(page.get_by_role("row", name=done)).to_contain_text("Appel de la famille")
