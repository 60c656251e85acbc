"""Somebody writes a program where words belong: no browser runs it, nor one that slipped in all the same."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from .conftest import FullHouse, Visitors
from .steps import log_in

pytestmark = pytest.mark.journey

PROGRAM = "'\"><img src=x onerror=attacked=1><script>attacked=1</script><svg onload=attacked=1>"
SLIPPED_IN = "<p id='in'></p><script>attacked = 1</script><img src='/x.png' onerror='attacked = 1'>"


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
    ("policy", "runs"),
    [
        pytest.param(True, False, id="the policy holds it back"),
        # The control: the page above would have shown it.
        pytest.param(False, True, id="without the policy it runs"),
    ],
)
def test_a_program_that_slipped_in(browser, full_house: FullHouse, policy: bool, runs: bool):
    context = browser.new_context(ignore_https_errors=True, service_workers="block")
    page = context.new_page()

    def slip_in(route):
        answer = route.fetch()
        headers = {n: v for n, v in answer.headers.items() if policy or n != "content-security-policy"}
        headers = {n: v for n, v in headers.items() if n not in {"content-encoding", "content-length"}}
        route.fulfill(
            status=200, headers=headers, body=answer.text().replace("</main>", SLIPPED_IN + "</main>")
        )

    page.route("**/aide/", slip_in)
    page.goto(f"{full_house.site}/aide/")
    expect(page.locator("#in")).to_be_attached()
    try:
        assert attacked(page) is runs
    finally:
        context.close()
