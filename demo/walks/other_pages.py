"""The pages that are not in the guide."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page
from .clicks import follow, press

FOR_EVERYONE = (
    *("/accueil/identifiants-oublies/", "/accueil/identifiants-oublies/envoye/"),
    *("/accueil/pas-encore-inscrit/", "/accueil/pas-encore-inscrit/envoye/", "/accueil/premiere-connexion/"),
    *("/partenaires/", "/partenaires/proposer/", "/partenaires/proposer/merci/", "/donnees-ouvertes/"),
    *("/soutien-scolaire/", "/actualites/", "/aide/", "/aide/guide/", "/contact/", "/contact/envoye/"),
    *("/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/plan-du-site/", "/hors-ligne/"),
)


def other_pages(page: "Page") -> Iterator[str]:
    """What the guide does not go through: first as the parent still connected, then as nobody."""
    child = page.get_by_role("main").get_by_role("link", name="Garance")
    page.goto("/beneficiaires/")
    follow(child)
    page.goto(f"{page.url}compte/")
    yield "parent-compte-de-l-enfant"
    for path in ("", "coordonnees/", "e-mail/", "mot-de-passe/"):
        page.goto(f"/mon-compte/{path}")
        yield f"parent-mon-compte-{path}".strip("/-")
    page.goto("/plan-du-site/")
    yield "parent-plan-du-site"
    page.goto("/partenaires/?commune=92071&autour=on")
    page.get_by_role("link", name="Carte", exact=True).click()
    page.get_by_role("region", name="Carte des organismes").wait_for()
    yield "parent-organismes-et-carte"
    page.context.clear_cookies()
    page.goto("/actualites/")
    article = page.get_by_role("main").get_by_role("link").first.get_attribute("href")
    for path in (*FOR_EVERYONE, *filter(None, [article])):
        page.goto(path)
        yield path.strip("/").replace("/", "-")
    page.goto("/accueil/")
    press(page, "Connexion")
    yield "accueil-erreur"
