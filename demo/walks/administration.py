import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django_otp.oath import totp

from accounts.demonstration import PASSWORD

from .clicks import press
from .clubs import import_clubs

if TYPE_CHECKING:
    from playwright.sync_api import Page


def walk_the_administration(page: "Page") -> Iterator[str]:
    """The walk through docs/administration.md, in its order."""
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
    _add_a_child(page)
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


def _add_a_child(page: "Page") -> None:
    """Whom the opening has still to credit."""
    page.goto("/admin/accounts/beneficiary/add/")
    for name, value in (
        ("pupil_number", "E9990001"),
        ("first_name", "Zoé"),
        ("last_name", "TEST CD 92"),
        ("birth_year", "2014"),
        ("insee_code", "92002"),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("select[name=grade]").select_option(index=1)
    page.locator(".field-school .select2-selection").click()
    page.locator(".select2-search__field").fill("Démonstration")
    page.get_by_role("option", name="Démonstration").click()
    press(page, "Enregistrer")
    page.get_by_text("ajouté").first.wait_for()
