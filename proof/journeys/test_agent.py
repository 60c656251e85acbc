"""An agent enrols a telephone, corrects a balance, marks a ticket used; and invites a family by letter."""

import re

import pytest
from playwright.sync_api import expect

from demo.family import NOT_ACTIVATED

from .administration import act, do, enrol
from .conftest import Visitors
from .paper import Paper
from .steps import choose_child, choose_password, go_on, left_in, log_in, make_ticket, menu, pdf_behind

pytestmark = pytest.mark.journey
SECRET = "trois tulipes mauves"


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
    page.get_by_role("button", name="Créditer ou débiter", exact=True).click()
    expect(page.get_by_text("Rien n’est encore fait.")).to_be_visible()
    do(page, re.compile("^Confirmer"))

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


def test_an_agent_prints_a_letter_by_which_a_family_comes_in(visit: Visitors):
    page = visit()
    enrol(page, "agent.test")
    page.goto("/admin/accounts/user/?activation=jamais")
    page.get_by_role("link", name=NOT_ACTIVATED).click()
    act(page, "Donner un accès par courrier")
    letter = Paper(pdf_behind(page, "Donner un accès par courrier", "**/acces-par-courrier/"))
    assert letter.page_count == 1
    assert letter.is_tagged
    code = re.search(r"(?:\w{4}-){3}\w", letter.text)
    [square] = letter.qr_addresses
    assert code

    family = visit(refusals={404})
    family.goto("/accueil/")
    family.get_by_role("link", name="Activez votre compte").click()
    family.get_by_label("Identifiant").fill(NOT_ACTIVATED.capitalize())
    family.get_by_label("Code de la lettre").fill(code[0].lower())
    go_on(family)
    expect(family.get_by_label("Identifiant")).to_have_value(NOT_ACTIVATED)
    choose_password(family, SECRET)
    expect(family.get_by_role("status")).to_contain_text("Votre mot de passe est enregistré.")
    expect(family.get_by_role("banner")).to_contain_text("Connecté sous")

    family.goto(square)
    expect(family.get_by_role("heading", level=1)).to_have_text("Ce lien ne fonctionne plus")
