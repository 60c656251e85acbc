"""A picture of every page, taken on the running product: some for the papers, all to be looked at."""

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from PIL import Image

from demo import trial
from demo.walks.administration import walk_the_administration
from demo.walks.clicks import open_leisure
from demo.walks.counter import walk_the_counter
from demo.walks.guide import walk
from demo.walks.other_pages import other_pages
from demo.walks.out_of_order import out_of_order
from demo.walks.paper import walk_on_paper

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

# The guide on a telephone, which the README shows; the rest is not kept.
OF_THE_README = settings.BASE_DIR / "docs" / "screenshots"
TO_LOOK_AT = settings.BASE_DIR / "var" / "screenshots"
# What « Voir l’écran » of the guide shows: the page as a phone has it, at twice the points, all of one size.
OF_THE_GUIDE = settings.BASE_DIR / "static" / "guide"
OF_THE_ADMINISTRATION = settings.BASE_DIR / "docs" / "administration"
OF_AGENTS_TO_LOOK_AT = TO_LOOK_AT / "administration"
OF_THE_COUNTER = settings.BASE_DIR / "docs" / "organismes"
# Lists are long there, and nobody there is anybody.
MANY_FAMILIES = "demo --beneficiaries 600 --tickets 1200"
DESK: "ViewportSize" = {"width": 1280, "height": 900}
PHONE: "ViewportSize" = {"width": 375, "height": 660}
# As far as « Utiliser le ticket ».
TALL_PHONE: "ViewportSize" = {"width": 375, "height": 812}
NOT_IN_THE_GUIDE = {"compte", "ticket-papier-erreur"}
TO_THE_POINT = "point => scrollTo(0, document.querySelector(point).getBoundingClientRect().top + scrollY - 8)"
POINTS = {"accueil": "main .card", "un-ticket": ".ticket .actions", "tickets-utilises": "main .sums"}
AS_VISITORS: dict[str, Any] = {
    "ignore_https_errors": True,
    "locale": "fr-FR",
    # It would fetch by itself the pages that `out_of_order` puts in the browser's hands.
    "service_workers": "block",
}
WIDTHS = (375, 768, 1280)
DESKS = (768, 1280, 1920)
SCHEMES = {"": "light", "-sombre": "dark"}
# As many as it takes for the eye to find no difference; a palette is two thirds lighter.
COLOURS = 160


def shown_by_its_guide(directory: Path) -> set[str]:
    """The names of the pictures that are in the guide beside their directory."""
    guide = directory.with_suffix(".md").read_text(encoding="utf-8")
    return set(re.findall(rf"{directory.name}/([\w-]+)[.]png", guide))


class Command(BaseCommand):
    help = (
        "Refait docs/screenshots, docs/administration, docs/organismes et static/guide, et toutes les pages, "
        "claires et sombres, celles des agents aussi, dans var/screenshots, sur une démonstration jetée "
        "ensuite."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument(
            "--dossier",
            type=Path,
            help="toutes les pages dans ce dossier vide, et rien d’autre, pour comparer un avant et un après",
        )
        only.add_argument(
            "--administration", action="store_true", help="les pages des agents, et rien d’autre"
        )
        only.add_argument(
            "--organismes", action="store_true", help="les images du guide des organismes, et rien d’autre"
        )

    def handle(self, *, dossier: Path | None, administration: bool, organismes: bool, **options: Any) -> None:
        if dossier and dossier.exists() and any(dossier.iterdir()):
            raise CommandError(f"{dossier} n’est pas vide.")
        try:
            with TemporaryDirectory() as directory:
                start = Path(directory) / "start"
                trial.prepare(start)
                with trial.chromium() as browser:
                    if not (administration or organismes):
                        self._take_all(browser, start, dossier)
                    if not (dossier or organismes):
                        self._take_the_administration(browser, start)
                    if not (dossier or administration):
                        self._take_the_counter(browser, start)
                    if not (dossier or administration or organismes):
                        self._take_the_guide(browser, start)
        except trial.NotReady as reason:
            raise CommandError(str(reason)) from reason

    def _take_all(self, browser: "Browser", start: Path, dossier: Path | None) -> None:
        to = dossier or TO_LOOK_AT
        with TemporaryDirectory() as directory, trial.serve(start, Path(directory)) as address:
            if not dossier:
                self._empty(OF_THE_README)
            page = self._new_page(browser, address, to)
            for number, name in enumerate(chain(walk(page), walk_on_paper(page)), start=1):
                self._take(page, f"{number:02}-{name}", to, kept_in=OF_THE_README if not dossier else to)
            for name in chain(other_pages(page), out_of_order(page)):
                self._take(page, name, to, kept_in=to)
            club = browser.new_page(base_url=address, **AS_VISITORS)
            for name in walk_the_counter(club):
                self._take(club, f"organisme-{name}", to, kept_in=to)

    def _take_the_administration(self, browser: "Browser", start: Path) -> None:
        """What the agents' guide shows is kept; the rest, on each width, is to be looked at."""
        shown = shown_by_its_guide(OF_THE_ADMINISTRATION)
        with TemporaryDirectory() as filled, TemporaryDirectory() as directory:
            trial.prepare_another(start, Path(filled), MANY_FAMILIES)
            with (
                trial.serve(Path(filled), Path(directory)) as address,
                trial.works(Path(filled), Path(directory), address),
            ):
                family = browser.new_page(**AS_VISITORS, base_url=address)
                # So that Garance has tickets.
                for _ in chain(walk(family), walk_on_paper(family)):
                    pass
                self._empty(OF_AGENTS_TO_LOOK_AT)
                page = self._new_page(browser, address, OF_THE_ADMINISTRATION, viewport=DESK)
                for name in walk_the_administration(page):
                    # Its icons come after the page.
                    page.wait_for_load_state("networkidle")
                    if name in shown:
                        taken = page.screenshot(animations="disabled")
                        self._save(taken, OF_THE_ADMINISTRATION / f"{name}.png")
                    self._take(page, name, OF_AGENTS_TO_LOOK_AT, widths=DESKS)
                    page.set_viewport_size(DESK)

    def _take_the_counter(self, browser: "Browser", start: Path) -> None:
        """What the guide of organismes shows, as a telephone has it."""
        shown = shown_by_its_guide(OF_THE_COUNTER)
        with TemporaryDirectory() as directory, trial.serve(start, Path(directory)) as address:
            page = self._new_page(
                browser, address, OF_THE_COUNTER, viewport=TALL_PHONE, device_scale_factor=2
            )
            for name in walk_the_counter(page):
                if name in shown:
                    page.wait_for_load_state()
                    page.evaluate(TO_THE_POINT, POINTS.get(name, "main h1"))
                    self._save(page.screenshot(animations="disabled"), OF_THE_COUNTER / f"{name}.png")

    def _take_the_guide(self, browser: "Browser", start: Path) -> None:
        with TemporaryDirectory() as directory, trial.serve(start, Path(directory)) as address:
            page = self._new_page(browser, address, OF_THE_GUIDE, viewport=PHONE, device_scale_factor=2)
            for name in chain(walk(page), walk_on_paper(page)):
                if name in NOT_IN_THE_GUIDE:
                    continue
                page.wait_for_load_state()
                page.evaluate(TO_THE_POINT, POINTS.get(name, "main h1"))
                self._save_for_the_guide(page, name)
            open_leisure(page)
            self._save_for_the_guide(page, "menu-loisirs")

    def _save_for_the_guide(self, page: "Page", name: str) -> None:
        for suffix, scheme in SCHEMES.items():
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            picture = Image.open(BytesIO(page.screenshot(animations="disabled")))
            path = OF_THE_GUIDE / f"{name}{suffix}.webp"
            picture.convert("RGB").save(path, quality=35, method=6)
            self._tell(path)
        page.emulate_media(color_scheme="light")

    def _new_page(self, browser: "Browser", address: str, directory: Path, **options: Any) -> "Page":
        self._empty(directory)
        return browser.new_page(base_url=address, **AS_VISITORS, **options)

    def _empty(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        for old in directory.iterdir():
            if old.is_file():
                old.unlink()

    def _take(
        self,
        page: "Page",
        name: str,
        to: Path,
        *,
        kept_in: Path | None = None,
        widths: Sequence[int] = WIDTHS,
    ) -> None:
        """On each width, light and dark; on the narrowest and light, in `kept_in`."""
        page.wait_for_load_state()
        for width, (suffix, scheme) in product(widths, SCHEMES.items()):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            taken = page.screenshot(full_page=True, animations="disabled")
            kept = kept_in and width == widths[0] and not suffix
            self._save(taken, (kept_in if kept_in and kept else to) / f"{name}-{width}{suffix}.png")
        page.emulate_media(color_scheme="light")

    def _save(self, taken: bytes, path: Path) -> None:
        picture = Image.open(BytesIO(taken)).convert("RGB")
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        self._tell(path)

    def _tell(self, path: Path) -> None:
        within = path.is_relative_to(settings.BASE_DIR)
        self.stdout.write(str(path.relative_to(settings.BASE_DIR) if within else path))
