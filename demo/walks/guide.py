"""The guide, as the parent of Garance."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from accounts.demonstration import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import follow, open_from_menu, press


def walk(page: "Page") -> Iterator[str]:
    """Follow the guide as the parent of Garance; each page is yielded by name, once shown."""

    def choose(label: str, choice: str) -> None:
        page.get_by_label(label).select_option(label=choice)
        page.locator("[aria-busy=true]").first.wait_for(state="detached")

    page.goto("/accueil/")
    yield "accueil"
    page.get_by_label("Identifiant").fill("parent.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    press(page, "Connexion")
    yield "enfants"
    follow(page.get_by_role("main").get_by_role("link", name="Garance"))
    open_from_menu(page, "Effectuer une transaction")
    yield "effectuer-une-transaction"
    press(page, "Continuer")
    choose("Commune de l’organisme", "Antony")
    choose("Activités de l’organisme", "culturelle")
    choose("Nom de l’organisme", "MAITRISE STE MARIE D ANTONY")
    yield "organisme"
    press(page, "Continuer")
    page.get_by_label("Montant du ticket").fill("50,00")
    choose("Activité :", "Chant choral")
    yield "ticket"
    press(page, "Valider le ticket")
    yield "felicitations"
    follow(page.get_by_role("link", name="Retour à l’accueil"))
    yield "compte"
    open_from_menu(page, "Mes transactions")
    yield "transactions"
    follow(page.get_by_role("main").get_by_role("link", name="Annuler"))
    yield "annuler"
    press(page, "Annuler le ticket")
    open_from_menu(page, "Suivi de mes porte-monnaie")
    yield "porte-monnaie"
