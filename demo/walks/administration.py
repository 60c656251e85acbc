import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone
from django_otp.oath import totp

from accounts.demonstration import PASSWORD

from .agents import every_act, every_list
from .clicks import follow, press
from .clubs import import_clubs

if TYPE_CHECKING:
    from playwright.sync_api import Page

SEARCHES = {
    "recherche": "",
    "recherche-un-nom": "martin",
    "recherche-mal-entendu": "garanse tesst",
    "recherche-un-code": "7K2M 9QX4 T8W",
}


def walk_the_administration(page: "Page") -> Iterator[str]:
    """Every page that agents have, in the order of docs/administration.md, which shows some."""
    yield from _come_in(page)
    for name, words in SEARCHES.items():
        page.goto(f"/admin/recherche/?q={words}")
        yield name
    page.goto("/admin/que-repondre/")
    yield "que-repondre"
    yield from _answer_a_family(page)
    yield from _open_the_campaign(page)
    yield from import_clubs(page)
    page.goto("/admin/accounts/user/invitations/")
    yield "inviter"
    page.goto("/admin/accounts/user/invitations/exemple-e-mail/")
    yield "inviter-exemple"
    page.goto("/admin/sommes/")
    yield "sommes"
    for by in ("commune", "college", "organisme", "activite", "mois"):
        page.goto(f"/admin/statistiques/?par={by}")
        yield f"statistiques-{by}"
    page.goto("/admin/tickets/ticket/")
    press(page, "Exporter en CSV")
    page.get_by_role("link", name="Télécharger").wait_for()
    yield "fichier-prepare"
    page.goto("/admin/travaux/")
    yield "travaux"
    yield from _prepare_a_batch(page)
    page.goto("/admin/second-facteur/codes/")
    yield "refaire-les-codes"
    yield from every_list(page)


def _come_in(page: "Page") -> Iterator[str]:
    page.goto("/admin/")
    yield "entrer"
    page.get_by_label("Identifiant").fill("agent.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    press(page, "Connexion")
    yield "second-facteur"
    secret = page.get_by_role("main").locator("ol b").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(f"{totp(base64.b32decode(secret)):06}")
    press(page, "Entrer")
    yield "codes-de-secours"
    page.goto("/admin/")
    yield "premiere-page"


def _answer_a_family(page: "Page") -> Iterator[str]:
    """Garance, who has tickets; each act on her, her first ticket, her wallet, her parent."""
    page.goto("/admin/recherche/?q=920000001")
    yield "famille"
    family = page.url
    follow(page.get_by_role("row", name="Non utilisé").get_by_role("link", name="Refaire le ticket"))
    yield "refaire-un-ticket"
    page.goto(family)
    follow(page.get_by_role("row", name="Culture").get_by_role("link", name="Créditer ou débiter"))
    page.get_by_label("Créditer le porte-monnaie").check()
    page.get_by_label("Montant, en euros").fill("12,50")
    page.get_by_label("Motif").fill("Stage annulé par le club")
    press(page, "Créditer ou débiter")
    yield "crediter-ou-debiter"
    for name, rows in {
        "enfant": family,
        "ticket": "ticket",
        "porte-monnaie": "wallet",
        "compte": "user",
    }.items():
        page.goto(family)
        if rows != family:
            follow(page.locator(f"main th a[href*='/{rows}/']").first)
        yield from every_act(page, name)


def _open_the_campaign(page: "Page") -> Iterator[str]:
    """Proposed by one, it waits for the other."""
    _add_a_child(page)
    page.goto("/admin/wallets/campaign/")
    follow(page.locator("#result_list tbody a").first)
    yield "campagne"
    campaign = page.url
    yield from every_act(page, "campagne")
    page.goto(campaign)
    follow(page.get_by_role("link", name="Ouvrir la campagne"))
    name = page.get_by_label("Pour continuer")
    name.fill(page.locator("h2").first.inner_text())
    page.get_by_label("Motif").fill("Un enfant arrivé en novembre")
    yield "ouvrir-la-campagne"
    press(page, "Proposer : Ouvrir la campagne")
    yield "second-agent"


def _prepare_a_batch(page: "Page") -> Iterator[str]:
    """Of all that was used; what is on its page, and on the pages behind."""
    page.goto("/admin/payments/batch/add/")
    page.get_by_label("Dernier jour").fill(f"{timezone.localdate():%d/%m/%Y}")
    yield "preparer-un-lot"
    press(page, "Préparer")
    batch = page.url
    while not page.locator(".field-state").get_by_text("préparé", exact=True).is_visible():
        page.wait_for_timeout(500)
        page.goto(batch)
    yield "lot"
    page.goto("/admin/payments/hold/")
    yield "retenues"
    page.goto("/admin/payments/correction/dettes/")
    yield "dettes"


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
