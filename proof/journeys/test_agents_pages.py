"""A page of each kind of the administration: what axe finds, what sticks out at 400 %, where the focus is."""

from collections import defaultdict

import pytest
from playwright.sync_api import Browser, Page

from demo.tests.full_house import AGENT, LISTS

from .administration import enrol
from .conftest import FullHouse, Visitors
from .test_accessible import DESK, LOOKS, Look, violations_in
from .test_every_page import as_it_came, zoomed
from .test_zoom_and_media import TOO_WIDE

pytestmark = pytest.mark.journey

TABLET: Look = (768, "light")
# What the keyboard comes to, and where nobody would see that it has.
UNSEEN = """() => {
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const isSeen = (one) => {
    one.focus();
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return document.activeElement === one && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  };
  return [...document.querySelectorAll(all)]
    .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !isSeen(one))
    .map((one) => `${one.localName}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
}"""


@pytest.mark.parametrize("part", [AGENT, LISTS])
def test_each_page(look: Visitors, full_house: FullHouse, part: str):
    """The first, whose head and menu are those of all, in each width and theme; of the others each once."""
    page = look(width=DESK)
    page.emulate_media(reduced_motion="reduce")
    enrol(page, part)
    if part == AGENT:
        page.goto("/admin/applications/application/")
        page.get_by_role("button", name="Prendre la plus ancienne").click()
    faults: dict[str, list[str]] = defaultdict(list)
    looks = [*LOOKS, TABLET]
    for address in full_house.starts[part]:
        page.goto(address)
        faults[address] = [*zoomed(page), *too_wide(page), *violations_in(page, looks), *unseen(page)]
        as_it_came(page)
        looks = [*LOOKS[1:3], TABLET]
    assert len(faults) > 30
    assert {address: found for address, found in faults.items() if found} == {}


def too_wide(page: Page) -> list[str]:
    """As who works by day has them: on half a screen, and on a whole one."""
    found = []
    for width in (TABLET[0], DESK):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"too wide at {width}: {part}" for part in page.evaluate(TOO_WIDE)]
    return found


def unseen(page: Page) -> list[str]:
    # What a script moves the focus to is drawn as what a key does, after a key.
    page.keyboard.press("Tab")
    return [f"no focus: {one}" for one in page.evaluate(UNSEEN)]


def test_control_a_focus_that_is_not_drawn_is_seen(browser: Browser):
    page = browser.new_page()
    page.set_content(
        "<style>:focus { outline: 3px solid } b:focus { outline: 0 }</style><b tabindex=0>Oui</b>"
    )
    assert unseen(page) == ["no focus: b. Oui"]
    page.close()
