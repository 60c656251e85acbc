"""Ways through the product: each yields the name of a page that is open and worth a picture."""

import base64
import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django_otp.oath import totp

from accounts.demonstration import PASSWORD
from core.throttle import TooManyAttempts

from .gallery import gallery

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


def press(page: "Page", words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def open_from_menu(page: "Page", words: str) -> None:
    if (button := page.get_by_role("button", name="Menu", exact=True)).is_visible():
        button.click()
    menu = page.get_by_role("navigation", name="Menu principal")
    menu.get_by_text("Loisirs", exact=True).click()
    menu.get_by_role("link", name=words).click()


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
    page.get_by_role("main").get_by_role("link", name="Garance").click()
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
    page.get_by_role("link", name="Retour à l’accueil").click()
    yield "compte"
    open_from_menu(page, "Mes transactions")
    yield "transactions"
    page.get_by_role("main").get_by_role("link", name="Annuler").click()
    yield "annuler"
    press(page, "Annuler le ticket")
    open_from_menu(page, "Suivi de mes porte-monnaie")
    yield "porte-monnaie"


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
    page.get_by_role("main").locator("th a").first.click()
    yield "un-ticket"


FOR_EVERYONE = (
    *("/accueil/identifiants-oublies/", "/accueil/identifiants-oublies/envoye/"),
    "/accueil/premiere-connexion/",
    *("/partenaires/", "/partenaires/proposer/", "/partenaires/proposer/merci/", "/donnees-ouvertes/"),
    *("/soutien-scolaire/", "/actualites/", "/aide/", "/aide/guide/", "/contact/"),
    *("/mentions-legales/", "/donnees-personnelles/", "/accessibilite/", "/plan-du-site/", "/hors-ligne/"),
)


def other_pages(page: "Page") -> Iterator[str]:
    """What the guide does not go through: first as the parent still connected, then as nobody."""
    child = page.get_by_role("main").get_by_role("link", name="Garance")
    page.goto("/beneficiaires/")
    child.click()
    page.wait_for_url("**/beneficiaires/*/")
    page.goto(f"{page.url}compte/")
    yield "parent-compte-de-l-enfant"
    for path in ("", "coordonnees/", "e-mail/", "mot-de-passe/"):
        page.goto(f"/mon-compte/{path}")
        yield f"parent-mon-compte-{path}".strip("/-")
    page.goto("/plan-du-site/")
    yield "parent-plan-du-site"
    page.goto("/partenaires/?commune=92071&autour=on")
    press(page, "Voir la carte")
    page.get_by_role("region", name="Carte des organismes").wait_for()
    yield "parent-organismes-et-carte"
    page.context.clear_cookies()
    page.goto("/actualites/")
    article = page.get_by_role("main").get_by_role("link").first.get_attribute("href")
    for path in (*FOR_EVERYONE, *filter(None, [article])):
        page.goto(path)
        yield path.strip("/").replace("/", "-")
    page.goto("/accueil/")
    page.get_by_role("button", name="Connexion").click()
    yield "accueil-erreur"


def out_of_order(page: "Page") -> Iterator[str]:
    """Pages that a server in good health does not show, and the gallery of every component."""
    request = RequestFactory().get("/galerie/")
    request.user = AnonymousUser()
    shown = {
        "repeated": [("key", "1"), ("amount", "10")],
        "is_undone": True,
        "refusal": TooManyAttempts(dt.timedelta(minutes=2)),
        "seconds": 5,
        "return_url": "/",
    }
    pages = {"galerie": gallery(request).text}
    for error in ("400", "403", "403_csrf", "404", "413", "429", "500", "503", "503_pen_taken", "busy"):
        pages[f"erreur-{error.replace('_', '-')}"] = render_to_string(f"{error}.html", shown, request)
    for name, html in pages.items():
        page.route(f"**/{name}", partial(_answer, html))
        page.goto(f"/{name}")
        yield name


def _answer(html: str, route: "Route") -> None:
    route.fulfill(body=html, content_type="text/html")


# --- The administration -----------------------------------------------------------------------

CLUBS = (
    "Nom;Adresse;Code postal;Commune;Téléphone;Activités Sport;Activités Culture\n"
    "AMICALE DE JUDO;3 rue du Bac;92330;Sceaux;01 99 00 10 10;Judo;\n"
    "CHOEUR DES ÉCOLES;12 avenue de la Gare;92160;Antony;;;Chant choral\n"
    "THÉÂTRE DU LAC;1 place du Marché;92999;Atlantide;;;Théâtre\n"
)


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
    yield from _import_clubs(page)
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


def _import_clubs(page: "Page") -> Iterator[str]:
    page.goto("/admin/partners/partner/")
    page.get_by_role("link", name="Importer", exact=True).click()
    page.get_by_label("Fichier").set_input_files(
        {"name": "organismes-2026.csv", "mimeType": "text/csv", "buffer": CLUBS.encode()}
    )
    yield "importer"
    press(page, "Voir ce qui changerait")
    page.get_by_text("Rien n’est encore écrit.").wait_for()
    yield "import-a-relire"
    page.get_by_label("Motif").fill("Affiliations de la rentrée")
    press(page, "Importer")
    page.get_by_role("heading", name=": fait").wait_for()
    page.goto("/admin/accounts/auditentry/")
    yield "journal"
