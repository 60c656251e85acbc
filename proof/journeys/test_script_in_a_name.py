"""Somebody writes a program where words belong: no browser runs it, nor one that slipped in all the same."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from operations.tests.metrics.reading import read

from .conftest import METRICS_TOKEN, PATIENCE, FullHouse, Visitors
from .steps import log_in

pytestmark = pytest.mark.journey

PROGRAM = "'\"><img src=x onerror=attacked=1><script>attacked=1</script><svg onload=attacked=1>"
SLIPPED_IN = "<p id='in'></p><script>attacked = 1</script><img src='/x.png' onerror='attacked = 1'>"
# How a browser takes the policy.
Reading = Callable[[str], str]


def attacked(page: Page) -> bool:
    return bool(page.evaluate("'attacked' in window"))


def test_what_families_type_never_runs(visit: Visitors):
    page = visit(refusals={404})
    log_in(page, "parent.test")
    page.goto("/mon-compte/coordonnees/")
    page.get_by_label("Adresse").fill(PROGRAM)
    page.get_by_label("Ville").fill(PROGRAM[:60])
    page.get_by_role("button", name="Enregistrer").click()
    for address in (
        "/mon-compte/",
        "/mon-compte/coordonnees/",
        f"/aide/?q={quote(PROGRAM)}",
        f"/partenaires/proposer/?nom={quote(PROGRAM)}",
        f"/partenaires/?nom={quote(PROGRAM)}",
        f"/accueil/?next={quote(PROGRAM)}",
    ):
        page.goto(address)
        assert not attacked(page), address
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("read_as", "runs"),
    [
        pytest.param(lambda policy: policy, False, id="the policy holds it back, and we are told"),
        pytest.param(lambda policy: policy.replace("report-to csp", ""), False, id="by older browsers too"),
        # The control: the page above would have shown it.
        pytest.param(lambda _: "", True, id="without the policy it runs"),
    ],
)
def test_a_program_that_slipped_in(
    whole_browser: Browser, full_house: FullHouse, read_as: Reading, runs: bool
):
    with slipped_in(whole_browser, full_house, read_as) as (page, before):
        until = time.monotonic() + PATIENCE / 1000
        while not runs and told(page) == before and time.monotonic() < until:
            page.wait_for_timeout(100)

        assert attacked(page) is runs
        assert (told(page) == before) is runs


def told(page: Page) -> float:
    """How many inline scripts browsers say that they held back."""
    answer = page.request.get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
    return read(answer.text()).get(("passplus_csp_violations_total", "script-src-elem"), 0)


@contextmanager
def slipped_in(browser: Browser, house: FullHouse, read_as: Reading) -> Iterator[tuple[Page, float]]:
    """A page of ours with a program in it; and how many were told before."""
    context = browser.new_context(base_url=house.site, ignore_https_errors=True, service_workers="block")
    page = context.new_page()

    def answer_with_it(route: Route) -> None:
        answer = route.fetch()
        headers = {n: v for n, v in answer.headers.items() if n not in {"content-encoding", "content-length"}}
        headers["content-security-policy"] = read_as(headers["content-security-policy"])
        body = answer.text().replace("</main>", SLIPPED_IN + "</main>")
        route.fulfill(status=200, headers=headers, body=body)

    before = told(page)
    page.route("**/aide/", answer_with_it)
    page.goto("/aide/")
    expect(page.locator("#in")).to_be_attached()
    try:
        yield page, before
    finally:
        context.close()
