from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import follow, open_from_menu, press


def walk_on_paper(page: "Page") -> Iterator[str]:
    """The other branch of the guide, from any page of a child."""
    open_from_menu(page, "Effectuer une transaction")
    page.get_by_text("Je préfère créer mes tickets tout de suite").click()
    press(page, "Continuer")
    yield "ticket-papier"
    page.locator("label").filter(has_text="créer un ticket sur le porte-monnaie Sport").click()
    press(page, "Continuer")
    yield "ticket-papier-montant"
    press(page, "Créer le ticket")
    yield "ticket-papier-erreur"
    page.get_by_label("Montant du ticket").fill("12,50")
    press(page, "Créer le ticket")
    open_from_menu(page, "Mes transactions")
    follow(page.get_by_role("main").locator("th a").first)
    yield "un-ticket"
