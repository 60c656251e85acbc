"""An agent enrols a telephone, corrects a balance, marks a ticket used and thinks better of it."""

import base64

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from passplus.demo.family import PASSWORD

from .conftest import Visitors
from .steps import choose_child, left_in, log_in, make_ticket, menu

pytestmark = pytest.mark.journey
WHY = "Appel de la famille"


def enrol(page: Page) -> None:
    """As far as the work board: password, QR, code, recovery codes."""
    page.goto("/admin/")
    page.get_by_label("Identifiant").fill("agent.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.get_by_role("main").locator("ol b").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(f"{totp(base64.b32decode(secret)):06}")
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("main").locator("code")).to_have_count(10)
    page.get_by_role("link", name="C’est noté, continuer").click()
    expect(page.get_by_role("heading", name="Ce qui attend quelqu’un")).to_be_visible()


def act(page: Page, name: str) -> None:
    """Press the act's button, then do it, with a reason."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("Motif").fill(WHY)


def do(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("C’est fait")).to_be_visible()


def test_an_agent_corrects_uses_and_undoes(visit: Visitors):
    family = visit()
    log_in(family, "parent.test")
    choose_child(family, "Garance TEST CD 92")
    make_ticket(family, "50")

    page = visit()
    enrol(page)
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
        expect(page.get_by_role("row", name=done)).to_contain_text(WHY)
