"""Every page, for everybody: its weight, what moves, what sticks out at 400 % and what axe finds.

Each is opened once for all of these: to open it is most of the work.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from demo.tests.full_house import PEOPLE
from passplus.tests.crawl import crawl

from .conftest import FullHouse, Visitors
from .steps import PHONE, log_in
from .test_accessible import violations
from .test_weight import SHIFT, scales
from .test_zoom_and_media import CUT, MOVING, SPACED, TOO_WIDE, ZOOMED

pytestmark = pytest.mark.journey

LIGHTEST, HEAVIEST = 1_000, 20_000
# Of pages that differ in nothing but whose they are: a browser needs a second for each.
ALIKE = 2
# How the parts of a page are built: tags, attributes that matter, what is empty. Of brothers that are alike
# one counts, and where in the menu we are does not.
BUILD = """() => {
  const telling = ["class", "role", "type", "disabled", "open", "checked", "lang", "alt"];
  const build = (element) => {
    const said = telling.map((name) => element.getAttribute(name)?.replace("is-here", "").trim() || "");
    const aria = element.getAttributeNames().filter((name) => /^aria-(?!current)/.test(name));
    const inside = new Set([...element.children].map(build));
    return `<${element.localName} ${said} ${aria} ${!element.textContent.trim()}>${[...inside].join("")}`;
  };
  return [...document.body.children].map(build);
}"""


@pytest.fixture(scope="module")
def examined() -> set[str]:
    """How the parts were built that axe has examined, for whomever.

    A page is examined whole, four times (two widths, two themes), unless each of its parts was built
    like one already examined: ten tickets that differ in nothing but words cost one examination.
    """
    return set()


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page(look: Visitors, full_house: FullHouse, username: str, examined: set[str]):
    page = look(width=PHONE)
    page.emulate_media(reduced_motion="reduce")
    # The styles are cached from here on.
    page.goto("/accueil/")
    faults: dict[str, list[str]] = defaultdict(list)
    # Who logs in loads three pages on the way: they are weighed one by one, like all others.
    addresses = every_page(page, full_house, username)
    with scales(page) as sizes:
        for address in addresses:
            if shift := page.evaluate(SHIFT):
                faults[address].append(f"moves by {shift}")
            if not LIGHTEST < sum(sizes) < HEAVIEST:
                faults[address].append(f"weighs {sum(sizes)}")
            faults[address] += zoomed(page)
            if new := set(page.evaluate(BUILD)) - examined:
                examined |= new
                faults[address] += violations(page)
            as_it_came(page)
            sizes.clear()
    assert {address: found for address, found in faults.items() if found} == {}


def every_page(page: Page, house: FullHouse, username: str) -> Iterator[str]:
    """Log in, then yield each address while it is open, loaded and at the top."""
    if username:
        log_in(page, username)
        expect(page.get_by_role("banner")).to_contain_text("Connecté sous")

    def follow(address: str) -> list[str]:
        page.goto(address)
        links: list[str] = page.eval_on_selector_all("a[href]", "all => all.map(link => link.href)")
        return [link.removeprefix(house.site) for link in links]

    return crawl(house.starts[username], follow, alike=ALIKE)


def zoomed(page: Page) -> list[str]:
    page.set_viewport_size(ZOOMED)
    found = [f"too wide: {part}" for part in page.evaluate(TOO_WIDE)]
    found += [f"moving: {part}" for part in page.evaluate(MOVING)]
    page.evaluate(SPACED)
    found += [f"too wide, letters apart: {part}" for part in page.evaluate(TOO_WIDE)]
    found += [f"cut: {part}" for part in page.evaluate(CUT)]
    page.evaluate("document.adoptedStyleSheets.pop()")
    return found


def as_it_came(page: Page) -> None:
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.emulate_media(color_scheme="light")
