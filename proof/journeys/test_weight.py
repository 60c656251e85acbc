"""What comes over the wire, and that nothing moves once it is there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.walks.out_of_order import out_of_order

from .conftest import Visitors
from .steps import PHONE, log_in

pytestmark = pytest.mark.journey

FIRST_PAGE = 60_000
# The sum of all shifts since the page began to load. Two frames later nothing is left to be drawn.
SHIFT = """() => new Promise((tell) => {
  let sum = 0;
  const add = (list) => { for (const entry of list.getEntries()) sum += entry.value; };
  const observer = new PerformanceObserver(add);
  observer.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => tell(sum), 30)));
})"""


@contextmanager
def scales(page: Page) -> Iterator[list[int]]:
    """The encoded sizes, headers included, of all that arrives meanwhile."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    yield sizes
    session.detach()


def test_the_first_page_with_everything(look: Visitors):
    page = look(width=PHONE)
    with scales(page) as sizes:
        page.goto("/accueil/", wait_until="networkidle")
    assert len(sizes) >= 3
    assert sum(sizes) < FIRST_PAGE


def test_a_page_that_comes_in_pieces_does_not_move(look: Visitors):
    """It is drawn once it is whole: its foot would be pushed about by what comes after."""
    page = look(width=PHONE)
    log_in(page, "garance.test")
    expect(page).to_have_url(re.compile(r"/beneficiaires/\w+/"))
    # A compressed page comes in one piece, however slowly.
    page.set_extra_http_headers({"Accept-Encoding": "identity"})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    slowly = {"offline": False, "latency": 100, "downloadThroughput": 12_000, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", slowly)
    page.goto(f"{page.url}loisirs/transactions/")
    assert page.evaluate(SHIFT) == 0


def test_no_refusal_moves(look: Visitors):
    page = look(width=PHONE)
    shifts = {state: page.evaluate(SHIFT) for state in out_of_order(page)}
    assert len(shifts) > 5
    assert {state: shift for state, shift in shifts.items() if shift} == {}


def test_control_a_page_that_moves_is_seen(browser: Browser):
    page = browser.new_page()
    page.set_content("<p id=late hidden style='height: 200px'></p><p>Texte</p>")
    page.wait_for_timeout(100)
    page.evaluate("document.getElementById('late').hidden = false")
    shift = page.evaluate(SHIFT)
    page.close()
    assert shift > 0
