"""A parent changes its e-mail address, and gives its child a login of its own."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visitors
from .mailbox import link_in, message_about
from .steps import PHONE, choose_password, go_on, log_in, menu

pytestmark = pytest.mark.journey
SECRET = "trois tulipes mauves"


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_another_e_mail_address(visit: Visitors, mailbox: Path, javascript: bool):
    page = visit(width=PHONE, javascript=javascript)
    log_in(page, "parent2.test")
    menu(page, "Mon compte", "Mes informations")
    page.get_by_role("link", name="Changer d’adresse e-mail").click()
    page.get_by_label("Nouvelle adresse e-mail").fill("nouvelle@passplus.example")
    page.get_by_label("Votre mot de passe actuel").fill("demo-passplus-92")
    go_on(page, "Recevoir le lien")
    expect(page.get_by_role("status").first).to_contain_text("Un message vient de partir")
    expect(page.get_by_role("main")).to_contain_text("parent2.test@passplus.example")

    page.goto(link_in(message_about(mailbox, "Confirmez votre adresse e-mail")))
    go_on(page, "C’est bien mon adresse")
    expect(page.get_by_role("main")).to_contain_text("Votre adresse e-mail est changée.")
    expect(page.get_by_role("main")).to_contain_text("nouvelle@passplus.example")
    message_about(mailbox, "Votre adresse e-mail Pass+ a changé")


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_a_login_for_the_child(visit: Visitors, javascript: bool):
    page = visit(javascript=javascript)
    log_in(page, "voisin.test")
    menu(page, "Mon compte", "Mes informations")
    page.get_by_role("link", name="un accès pour Maël").or_(
        page.get_by_text("Refaire l’accès de Maël")
    ).click()
    go_on(page, "Faire l’accès")
    identifiant = page.locator(".facts dd").inner_text()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    link = page.get_by_role("link", name="Ouvrir sur cet appareil").get_attribute("href") or ""

    phone = visit(width=PHONE, javascript=javascript)
    phone.goto(link)
    choose_password(phone, SECRET)
    expect(phone.get_by_role("main")).to_contain_text("Votre mot de passe est enregistré.")
    expect(phone.get_by_role("heading", name="Bonjour Maël")).to_be_visible()
    phone.goto("/mon-compte/")
    expect(phone.get_by_role("main")).to_contain_text(identifiant)
    phone.goto(link)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ce lien ne fonctionne plus")
    expect(page.get_by_role("banner")).to_contain_text("VOISIN")
