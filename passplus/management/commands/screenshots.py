"""A picture of every page, taken on the running product: for the README, and to be looked at."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.test import RequestFactory
from PIL import Image

from passplus import trial
from passplus.demo.family import PASSWORD
from passplus.gallery import gallery

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

DIRECTORY = settings.BASE_DIR / "docs" / "screenshots"
WIDTHS = (375, 1280)
SCHEMES = {"": "light", "-sombre": "dark"}
# As many as it takes for the eye to find no difference; a palette is two thirds lighter.
COLOURS = 160


class Command(BaseCommand):
    help = "Refait docs/screenshots : toutes les pages, sur une démonstration jetée ensuite."

    def handle(self, **options: Any) -> None:
        try:
            with TemporaryDirectory() as directory:
                self._take_all(Path(directory))
        except trial.NotReady as reason:
            raise CommandError(str(reason)) from reason

    def _take_all(self, directory: Path) -> None:
        trial.prepare(directory / "start")
        with trial.serve(directory / "start", directory) as address, trial.chromium() as browser:
            DIRECTORY.mkdir(parents=True, exist_ok=True)
            for old in DIRECTORY.glob("*.png"):
                old.unlink()
            page = browser.new_page(
                base_url=address,
                ignore_https_errors=True,
                locale="fr-FR",
                # It would fetch by itself the pages that `out_of_order` puts in the browser's hands.
                service_workers="block",
            )
            for number, name in enumerate(chain(walk(page), walk_on_paper(page)), start=1):
                self._take(page, f"{number:02}-{name}")
            for name in chain(other_pages(page), out_of_order(page)):
                self._take(page, name)

    def _take(self, page: "Page", name: str) -> None:
        page.wait_for_load_state()
        for width, (suffix, scheme) in product(WIDTHS, SCHEMES.items()):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            path = DIRECTORY / f"{name}-{width}{suffix}.png"
            picture = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
            picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
        page.emulate_media(color_scheme="light")


def press(page: "Page", words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def open_from_menu(page: "Page", words: str) -> None:
    menu = page.get_by_role("navigation", name="Menu principal")
    menu.get_by_text("Loisirs", exact=True).click()
    menu.get_by_role("link", name=words).click()


def walk(page: "Page") -> Iterator[str]:
    """Follow the guide as the parent of Garance; each page is yielded by name, once shown."""

    def choose(label: str, choice: str) -> None:
        page.get_by_label(label).select_option(label=choice)
        page.locator("[class*=htmx-]").first.wait_for(state="detached")

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


def other_pages(page: "Page") -> Iterator[str]:
    """What the guide does not go through: first as the parent still connected, then as nobody."""
    connected = ("/mon-compte/", "/mon-compte/mot-de-passe/", "/plan-du-site/")
    everyone = (
        *(
            "/partenaires/",
            "/soutien-scolaire/",
            "/actualites/",
            "/aide/",
            "/plan-du-site/",
            "/accessibilite/",
        ),
        *("/accueil/identifiants-oublies/", "/accueil/identifiants-oublies/envoye/", "/hors-ligne/"),
    )
    for path in connected:
        page.goto(path)
        yield f"parent-{path.strip('/').replace('/', '-')}"
    page.context.clear_cookies()
    for path in everyone:
        page.goto(path)
        yield path.strip("/").replace("/", "-")
    page.goto("/accueil/")
    page.get_by_role("button", name="Connexion").click()
    yield "accueil-erreur"


def out_of_order(page: "Page") -> Iterator[str]:
    """Pages that a server in good health does not show, and the gallery of every component."""
    request = RequestFactory().get("/galerie/")
    request.user = AnonymousUser()
    pages = {"galerie": gallery(request).text}
    for status in (400, 403, 404, 500, 503):
        pages[f"erreur-{status}"] = render_to_string(f"{status}.html", {"brand": settings.BRAND})
    pages["erreur-formulaire-expire"] = render_to_string("403_csrf.html", {"return_url": "/"})
    for name, html in pages.items():
        page.route(f"**/{name}", partial(_answer, html))
        page.goto(f"/{name}")
        yield name


def _answer(html: str, route: "Route") -> None:
    route.fulfill(body=html, content_type="text/html")
