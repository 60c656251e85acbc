"""What an agent does in the administration, in its words."""

import base64
import re

from django_otp.oath import totp
from playwright.sync_api import Page, expect

from accounts.demonstration import PASSWORD


def enrol(page: Page, username: str) -> bytes:
    """As far as the work board: password, QR, code, recovery codes. What its telephone makes codes of."""
    page.goto("/admin/")
    page.get_by_label("Identifiant").fill(username)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Connexion").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    key = base64.b32decode(page.get_by_role("main").locator("ol b").inner_text().replace(" ", ""))
    page.get_by_label("Code").fill(f"{totp(key):06}")
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("main").locator("code")).to_have_count(10)
    page.get_by_role("link", name="C’est noté, continuer").click()
    expect(page.get_by_role("heading", name="Ce qui attend quelqu’un")).to_be_visible()
    return key


def act(page: Page, name: str, *, why: str = "Appel de la famille") -> None:
    """Open the act and say why; what else it asks comes before `do`."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("Motif").fill(why)


def do(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("C’est fait")).to_be_visible()
