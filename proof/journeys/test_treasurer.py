"""A treasurer is handed over: the successor is invited, accepts with a new account, closes the former.

Both give a second factor before they see the members.
"""

import base64
from pathlib import Path

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .mailbox import path_in
from .steps import PHONE, go_on, log_in, pick

pytestmark = pytest.mark.journey
SECRET = "trois tulipes mauves"


def test_a_treasurer_is_handed_over(visit: Visitors, mailbox: Path):
    former, successor = visit(refusals={404}), visit(width=PHONE)
    log_in(former, "responsable.test")
    former.get_by_role("link", name="Mon organisme").click()
    give_second_factor(former)
    former.get_by_role("link", name="Inviter quelqu’un").click()
    former.get_by_label("Adresse e-mail").fill("nadia@club.example")
    pick(former, "Responsable")
    go_on(former, "Envoyer l’invitation")
    expect(former.get_by_role("status")).to_contain_text("L’invitation est partie à nadia@club.example")

    successor.goto(path_in(mailbox, "Invitation de", "nadia@club.example"))
    successor.get_by_role("link", name="Je n’ai pas de compte").click()
    successor.get_by_label("Prénom").fill("Nadia")
    successor.get_by_label("Nom", exact=True).fill("Roux")
    for field in ("Nouveau mot de passe", "Confirmation du nouveau mot de passe"):
        successor.get_by_label(field, exact=True).fill(SECRET)
    go_on(successor, "Créer le compte et accepter")
    expect(successor.get_by_role("status")).to_contain_text("nadia.roux")
    expect(successor.get_by_role("heading", level=1)).to_have_text("Guichet")

    successor.get_by_role("button", name="Menu", exact=True).click()
    successor.get_by_role("link", name="Mon organisme").click()
    give_second_factor(successor)
    successor.get_by_role("link", name="Fermer l’accès de Rose").click()
    go_on(successor, "Fermer cet accès")
    expect(successor.get_by_role("status")).to_contain_text("L’accès de Rose RESPONSABLE CD 92 est fermé.")

    former.reload()
    expect(former.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")


def give_second_factor(page: Page) -> None:
    """The first time, with the key that stands under the square."""
    page.get_by_role("link", name="Donner mon second facteur").click()
    key = page.get_by_role("listitem").filter(has_text="tapez cette clé").locator("b").inner_text()
    page.get_by_label("Code").fill(f"{totp(base64.b32decode(key.replace(' ', ''))):06}")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    page.get_by_role("link", name="C’est noté, continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon organisme")
