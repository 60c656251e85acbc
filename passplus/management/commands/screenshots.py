"""The pictures of the README, taken on the running product."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from PIL import Image

from passplus import trial
from passplus.demo.family import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

DIRECTORY = settings.BASE_DIR / "docs" / "screenshots"
WIDTHS = (375, 1280)
ALSO_DARK = {"compte", "transactions"}


class Command(BaseCommand):
    help = "Refait docs/screenshots : la promenade du guide, sur une démonstration jetée ensuite."

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
            for old in DIRECTORY.glob("[0-9][0-9]-*.png"):
                old.unlink()
            page = browser.new_page(base_url=address, ignore_https_errors=True, locale="fr-FR")
            for number, name in enumerate(walk(page), start=1):
                self._take(page, f"{number:02}-{name}")
                if name in ALSO_DARK:
                    page.emulate_media(color_scheme="dark")
                    self._take(page, f"{number:02}-{name}", "-sombre")
                    page.emulate_media(color_scheme="light")

    def _take(self, page: "Page", name: str, variant: str = "") -> None:
        page.wait_for_load_state()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            path = DIRECTORY / f"{name}-{width}{variant}.png"
            picture = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
            # A palette: two thirds lighter, and the eye finds no difference.
            picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))


def walk(page: "Page") -> Iterator[str]:
    """Follow the guide as the parent of Garance; each page worth a picture is yielded by name, once shown."""

    def press(words: str) -> None:
        page.get_by_role("button", name=words, exact=True).click()

    def choose(label: str, choice: str) -> None:
        page.get_by_label(label).select_option(label=choice)
        page.locator("[class*=htmx-]").first.wait_for(state="detached")

    def open_from_menu(words: str) -> None:
        menu = page.get_by_role("navigation", name="Menu principal")
        menu.get_by_text("Loisirs", exact=True).click()
        menu.get_by_role("link", name=words).click()

    page.goto("/accueil/")
    yield "accueil"
    page.get_by_label("Identifiant").fill("parent.test")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    press("Connexion")
    yield "enfants"
    page.get_by_role("main").get_by_role("link", name="Garance").click()
    open_from_menu("Effectuer une transaction")
    yield "effectuer-une-transaction"
    press("Continuer")
    choose("Commune de l’organisme", "Antony")
    choose("Activités de l’organisme", "culturelle")
    choose("Nom de l’organisme", "MAITRISE STE MARIE D ANTONY")
    yield "organisme"
    press("Continuer")
    page.get_by_label("Montant du ticket").fill("50,00")
    choose("Activité :", "Chant choral")
    yield "ticket"
    press("Valider le ticket")
    yield "felicitations"
    page.get_by_role("link", name="Retour à l’accueil").click()
    yield "compte"
    open_from_menu("Mes transactions")
    yield "transactions"
    page.get_by_role("main").get_by_role("link", name="Annuler").click()
    yield "annuler"
    press("Annuler le ticket")
    open_from_menu("Suivi de mes porte-monnaie")
    yield "porte-monnaie"
    open_from_menu("Effectuer une transaction")
    page.get_by_text("Je préfère créer mes tickets tout de suite").click()
    press("Continuer")
    yield "ticket-papier"
