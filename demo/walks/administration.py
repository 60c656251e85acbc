import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django_otp.oath import totp

from accounts.demonstration import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import press
from .clubs import import_clubs


def walk_the_administration(page: "Page") -> Iterator[str]:
    """What docs/administration.md tells, in its order."""
    page.goto("/admin/")
    page.get_by_label("Identifiant").fill("agent.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    press(page, "Connexion")
    yield "second-facteur"
    secret = page.get_by_role("main").locator("ol b").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(f"{totp(base64.b32decode(secret)):06}")
    press(page, "Entrer")
    page.goto("/admin/")
    yield "premiere-page"
    page.goto("/admin/wallets/campaign/")
    page.locator("#result_list tbody a").first.click()
    yield "campagne"
    page.get_by_role("link", name="Ouvrir la campagne").click()
    yield "ouvrir-la-campagne"
    yield from import_clubs(page)
    page.goto("/admin/accounts/user/invitations/")
    yield "inviter"
    for model, words, name in (
        ("accounts/beneficiary", "garance", "beneficiaire"),
        ("accounts/user", "parent.test", "compte"),
        ("tickets/ticket", "", "ticket"),
        ("wallets/wallet", "TEST", "porte-monnaie"),
    ):
        page.goto(f"/admin/{model}/?q={words}")
        page.locator("#result_list tbody a").first.click()
        yield name
    page.get_by_role("link", name="Créditer ou débiter").click()
    yield "crediter-ou-debiter"
    page.goto("/admin/statistiques/")
    yield "statistiques"
