"""The counter of an organisme, in the order of docs/organismes.md."""

import base64
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django_otp.oath import totp

from accounts.demonstration import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import follow, open_from_menu, press
from .guide import walk

CODE = re.compile(r"\w{4}-\w{4}-\w{4}-\w")


def walk_the_counter(page: "Page") -> Iterator[str]:
    """A volunteer with the tickets that a family has just made, then a manager."""
    first, second = _codes_of_a_family(page)
    _change_to(page, "guichet.test")
    page.get_by_label("Code du ticket").fill(first)
    yield "guichet"
    press(page, "Vérifier")
    page.get_by_label("Activité").select_option(label="Chant choral")
    yield "ticket-a-confirmer"
    press(page, "Utiliser le ticket")
    page.get_by_role("heading", name="Ticket utilisé").wait_for()
    yield "ticket-utilise"
    follow(page.get_by_role("link", name="Plusieurs tickets"))
    page.get_by_label("Codes des tickets").fill(f"{first}\n{second}")
    yield "plusieurs-tickets"
    press(page, "Vérifier")
    page.get_by_role("heading", name="Ne peuvent pas servir").wait_for()
    yield "tickets-verifies"
    page.get_by_label("Activité").select_option(label="Chant choral")
    press(page, "Utiliser le ticket")
    page.get_by_role("heading", name="Ticket utilisé").wait_for()
    _open(page, "Tickets")
    page.get_by_role("checkbox").first.check()
    yield "tickets-a-utiliser"
    follow(page.get_by_role("link", name="Utilisés"))
    yield "tickets-utilises"
    follow(page.get_by_role("link", name="Feuille du jour"))
    yield "feuille-du-jour"
    page.go_back()
    follow(page.get_by_role("link", name="Annuler cette utilisation").first)
    page.get_by_text("Ce n’était pas le bon ticket").click()
    yield "annuler-une-utilisation"
    yield from _as_a_manager(page)


def _codes_of_a_family(page: "Page") -> list[str]:
    """Of two tickets on paper; a third one is made for the organisme, as in the guide."""
    for name in walk(page):
        if name == "felicitations":
            break
    open_from_menu(page, "Effectuer une transaction")
    page.get_by_text("Je préfère créer mes tickets tout de suite").click()
    press(page, "Continuer")
    follow(page.get_by_role("main").get_by_role("link", name="Culture"))
    page.get_by_label("Nombre de tickets").fill("2")
    page.get_by_label("Montant de chaque ticket").fill("5,00")
    press(page, "Créer les tickets")
    open_from_menu(page, "Mes transactions")
    # The newest first; another walk may have left others.
    papers = page.get_by_role("row", name="papier").locator("th a").all()[:2]
    addresses = [paper.get_attribute("href") for paper in papers]
    return [_code_on(page, f"{address}") for address in addresses]


def _code_on(page: "Page", address: str) -> str:
    page.goto(address)
    return page.get_by_text(CODE).first.inner_text()


def _as_a_manager(page: "Page") -> Iterator[str]:
    _change_to(page, "responsable.test")
    _open(page, "Mon organisme")
    yield "second-facteur-demande"
    follow(page.get_by_role("link", name="Donner mon second facteur"))
    key = page.get_by_role("listitem").filter(has_text="tapez cette clé").locator("b").inner_text()
    page.get_by_label("Code").fill(f"{totp(base64.b32decode(key.replace(' ', ''))):06}")
    press(page, "Continuer")
    follow(page.get_by_role("link", name="C’est noté, continuer"))
    page.get_by_role("heading", name="Membres").wait_for()
    yield "mon-organisme"
    follow(page.get_by_role("link", name="Inviter quelqu’un"))
    page.get_by_label("Adresse e-mail").fill("nadia@club.example")
    yield "inviter"
    yield from _at_the_bank(page)


def _at_the_bank(page: "Page") -> Iterator[str]:
    _open(page, "Mon organisme")
    follow(page.get_by_role("link", name="Voir le compte bancaire"))
    page.get_by_role("heading", name="Compte d’aujourd’hui").wait_for()
    yield "compte-bancaire"
    follow(page.get_by_role("link", name="Changer de compte"))
    page.get_by_label("Titulaire").fill("MAITRISE STE MARIE D ANTONY")
    page.get_by_label("IBAN").fill("FR76 1010 7001 0112 3456 7890 129")
    yield "changer-de-compte"
    page.get_by_label("Votre mot de passe actuel").fill(PASSWORD)
    press(page, "Demander ce compte")
    page.get_by_role("heading", name="Compte demandé").wait_for()
    yield "compte-demande"


def _change_to(page: "Page", username: str) -> None:
    page.context.clear_cookies()
    page.goto("/accueil/")
    page.get_by_label("Identifiant").fill(username)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    press(page, "Connexion")
    page.get_by_role("heading", name="Guichet").wait_for()


def _open(page: "Page", entry: str) -> None:
    if (button := page.get_by_role("button", name="Menu", exact=True)).is_visible():
        button.click()
    follow(page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=entry, exact=True))
