"""« Vous avez oublié vos identifiants ? Cliquez ici », as far as the new password."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .mailbox import link_in, message_about, text_of
from .steps import choose_password, go_on, leave_by, log_in

pytestmark = pytest.mark.journey

NEW_PASSWORD = "trois tulipes mauves"


@pytest.mark.parametrize("javascript", [True, False], ids=["", "without JavaScript"])
def test_forgotten_identifiers(visit: Visitors, mailbox: Path, javascript: bool):
    page = visit(javascript=javascript)
    ask_for_identifiers(page, "parent.test@passplus.example")
    message = message_about(mailbox, "Vos identifiants")
    assert message["To"] == "parent.test@passplus.example"
    assert "Identifiant : parent.test" in " ".join(text_of(message).split())

    link = link_in(message)
    page.goto(link)
    choose_password(page, NEW_PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("Votre mot de passe est changé.")
    expect(page.get_by_role("heading", name="Mes enfants")).to_be_visible()

    leave_by(page, "Déconnexion")
    log_in(page, "parent.test")
    expect(page.get_by_role("alert")).to_contain_text("L’identifiant ou le mot de passe n’est pas le bon.")
    log_in(page, "parent.test", NEW_PASSWORD)
    expect(page.get_by_role("heading", name="Mes enfants")).to_be_visible()

    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien ne fonctionne plus")


def ask_for_identifiers(page: Page, contact: str) -> None:
    page.goto("/Accueil/")
    page.get_by_role("link", name="Cliquez ici").click()
    page.get_by_label("Votre adresse e-mail ou votre identifiant").fill(contact)
    go_on(page, "Recevoir l’e-mail")
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultez vos e-mails")
    expect(page.get_by_role("main")).to_contain_text("Si un compte correspond à ce que vous avez saisi")
