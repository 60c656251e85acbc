"""A picture of every page, taken on the running product: for the README, the guide, and to be looked at."""

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
    from playwright.sync_api import Browser, Page, Route, ViewportSize

DIRECTORY = settings.BASE_DIR / "docs" / "screenshots"
# What « Voir l’écran » of the guide shows: the page as a phone has it, at twice the points, all of one size.
OF_THE_GUIDE = settings.BASE_DIR / "static" / "guide"
PHONE: "ViewportSize" = {"width": 375, "height": 660}
NOT_IN_THE_GUIDE = {"compte", "ticket-papier-erreur"}
TO_THE_POINT = "point => scrollTo(0, document.querySelector(point).getBoundingClientRect().top + scrollY - 8)"
POINTS = {"accueil": "main .card", "un-ticket": ".ticket .actions"}
WIDTHS = (375, 1280)
SCHEMES = {"": "light", "-sombre": "dark"}
# As many as it takes for the eye to find no difference; a palette is two thirds lighter.
COLOURS = 160


class Command(BaseCommand):
    help = "Refait docs/screenshots et static/guide, sur une démonstration jetée ensuite."

    def handle(self, **options: Any) -> None:
        try:
            with TemporaryDirectory() as directory:
                start = Path(directory) / "start"
                trial.prepare(start)
                with trial.chromium() as browser:
                    self._take_all(browser, start)
                    self._take_the_guide(browser, start)
        except trial.NotReady as reason:
            raise CommandError(str(reason)) from reason

    def _take_all(self, browser: "Browser", start: Path) -> None:
        with TemporaryDirectory() as directory, trial.serve(start, Path(directory)) as address:
            page = self._new_page(browser, address, DIRECTORY)
            for number, name in enumerate(chain(walk(page), walk_on_paper(page)), start=1):
                self._take(page, f"{number:02}-{name}")
            for name in chain(other_pages(page), out_of_order(page)):
                self._take(page, name)

    def _take_the_guide(self, browser: "Browser", start: Path) -> None:
        with TemporaryDirectory() as directory, trial.serve(start, Path(directory)) as address:
            page = self._new_page(browser, address, OF_THE_GUIDE, viewport=PHONE, device_scale_factor=2)
            for name in chain(walk(page), walk_on_paper(page)):
                if name in NOT_IN_THE_GUIDE:
                    continue
                page.wait_for_load_state()
                page.evaluate(TO_THE_POINT, POINTS.get(name, "main h1"))
                picture = Image.open(BytesIO(page.screenshot(animations="disabled")))
                path = OF_THE_GUIDE / f"{name}.webp"
                picture.convert("RGB").save(path, quality=35, method=6)
                self.stdout.write(str(path.relative_to(settings.BASE_DIR)))

    def _new_page(self, browser: "Browser", address: str, directory: Path, **options: Any) -> "Page":
        """`directory` is there, and empty."""
        directory.mkdir(parents=True, exist_ok=True)
        for old in directory.iterdir():
            old.unlink()
        return browser.new_page(
            base_url=address,
            ignore_https_errors=True,
            locale="fr-FR",
            # It would fetch by itself the pages that `out_of_order` puts in the browser's hands.
            service_workers="block",
            **options,
        )

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
    shown = {"wait": "2\N{NO-BREAK SPACE}minutes", "return_url": "/"}
    pages = {"galerie": gallery(request).text}
    for error in ("400", "403", "403_csrf", "404", "429", "500", "503"):
        pages[f"erreur-{error.replace('_', '-')}"] = render_to_string(f"{error}.html", shown, request)
    for name, html in pages.items():
        page.route(f"**/{name}", partial(_answer, html))
        page.goto(f"/{name}")
        yield name


def _answer(html: str, route: "Route") -> None:
    route.fulfill(body=html, content_type="text/html")
