"""Without network: an honest page, and nothing of the family left on the telephone."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .steps import log_in

pytestmark = pytest.mark.journey

KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  return kept;
}"""


def wait_until_ready(page: Page) -> None:
    """The service worker has taken over the page of who logs in: that is what a second page finds."""
    # Else the page would be fetched anew while it is on its way.
    expect(page.get_by_role("banner")).to_contain_text("Connecté sous")
    page.wait_for_function(
        "navigator.serviceWorker.getRegistration().then((it) => it?.active?.state === 'activated')"
    )
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def test_an_honest_page_and_the_way_back(visit: Visitors):
    page = visit(offline=True, width=375)
    log_in(page, "garance.test")
    wait_until_ready(page)

    page.context.set_offline(True)
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    expect(page.locator("main")).to_contain_text("Vos tickets imprimés")
    expect(page.locator(".card.empty")).to_have_css("border-style", "dashed")

    page.context.set_offline(False)
    page.get_by_role("link", name="Réessayer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes informations")
    # The pages that were asked for while there was no network: they are what this is about.
    assert {trouble.split()[0] for trouble in visit.troubles} == {"net::ERR_INTERNET_DISCONNECTED:"}
    visit.troubles.clear()


def test_nothing_of_the_family_is_kept(visit: Visitors):
    page = visit(offline=True)
    log_in(page, "garance.test")
    wait_until_ready(page)
    page.goto("/mon-compte/")

    kept = page.evaluate(KEPT)
    assert "/hors-ligne/" in kept
    assert [path for path in kept if not path.startswith("/static/")] == ["/hors-ligne/"]
    page.goto("/hors-ligne/")
    assert "Garance" not in page.content()
