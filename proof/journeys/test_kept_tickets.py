"""A ticket kept on a device, for the basement of a gymnasium; and all that takes it away again."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .steps import PHONE, choose_child, go_on, log_in, make_ticket, menu
from .test_accessible import violations
from .test_offline import wait_until_ready

pytestmark = pytest.mark.journey
OFFLINE = "net::ERR_INTERNET_DISCONNECTED:"
KEPT = """async () => {
  if (!(await caches.has("tickets"))) return 0;
  return (await (await caches.open("tickets")).keys()).length;
}"""

SLOW_TO_FORGET = """() => {
  const forget = caches.delete.bind(caches);
  caches.delete = (name) => new Promise((resolve) => setTimeout(resolve, 1_000)).then(() => forget(name));
}"""


def kept(page: Page) -> int:
    number: int = page.evaluate(KEPT)
    return number


def keeps(page: Page, number: int) -> None:
    page.wait_for_function(f"({KEPT})().then((kept) => kept === {number})")


def keep_a_ticket(page: Page, amount: str = "12") -> str:
    """Return the address of its page."""
    wait_until_ready(page)
    make_ticket(page, amount)
    menu(page, "Loisirs", "Mes transactions")
    page.get_by_role("main").locator("tbody th a").first.click()
    go_on(page, "Garder hors ligne")
    expect(page.get_by_text("Ce ticket est gardé sur cet appareil")).to_be_visible()
    return page.url


def lose_the_network(page: Page) -> None:
    """The service worker is told of it a moment after the page."""
    page.context.set_offline(True)
    for _ in range(50):
        page.goto("/actualites/")
        if page.locator("h1").inner_text() == "La page n’est pas arrivée":
            return
        page.wait_for_timeout(100)
    raise AssertionError("the network is still there")


def come_back(visit: Visitors, page: Page) -> None:
    """The pages asked for meanwhile are what this is about."""
    page.context.set_offline(False)
    # An icon that the service worker was fetching for a page already left.
    overtaken = re.compile(r"net::ERR_FAILED: \S+/favicon\.\S+")
    assert [
        trouble
        for trouble in visit.troubles
        if not trouble.startswith(OFFLINE) and not overtaken.fullmatch(trouble)
    ] == []
    visit.troubles.clear()


@pytest.mark.parametrize("username", ["garance.test", "parent.test"])
def test_it_opens_without_network(visit: Visitors, username: str):
    page = visit(offline=True, width=PHONE)
    log_in(page, username)
    if username == "parent.test":
        choose_child(page, "Garance TEST CD 92")
    address = keep_a_ticket(page)

    lose_the_network(page)
    page.goto(address)
    copied = re.compile(r"^Copie du \d{1,2}.* à \d+.h.\d\d.: le ticket a pu être utilisé")
    expect(page.get_by_text(copied)).to_be_visible()
    ticket = page.get_by_role("article")
    expect(ticket.get_by_text("12,00 €").first).to_be_visible()
    expect(ticket.get_by_role("img", name="QR du ticket")).to_be_visible()
    # It is drawn, and with our styles.
    expect(page.locator(".code__qr svg path").first).to_be_attached()
    assert (
        page.locator(".code__qr").evaluate("it => getComputedStyle(it).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    page.get_by_role("button", name="Agrandir").click()
    expect(page.get_by_text("Montez la luminosité")).to_be_visible()
    expect(page.locator(".code__facts").get_by_text("Copie du")).to_be_visible()
    page.get_by_role("button", name="Fermer").click()

    # Whatever else is asked for: the page without network, and what is kept.
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "Vous êtes hors ligne. Vos tickets gardés sur cet appareil"
    )
    page.get_by_role("link", name="12,00 €").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Ticket n°"))
    go_on(page, "Retirer de cet appareil")
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    expect(page.get_by_role("region", name="Vos tickets gardés")).to_be_hidden()
    assert kept(page) == 0

    come_back(visit, page)
    # With network the page is the present one, and says nothing of a copy.
    page.goto(address)
    expect(page.get_by_role("button", name="Garder hors ligne")).to_be_visible()
    assert "Copie du" not in page.get_by_role("main").inner_text()


def test_what_was_not_kept_is_not_there(visit: Visitors):
    page = visit(offline=True)
    log_in(page, "garance.test")
    wait_until_ready(page)
    make_ticket(page, "12")
    menu(page, "Loisirs", "Mes transactions")
    page.get_by_role("main").locator("tbody th a").first.click()
    expect(page.get_by_role("button", name="Garder hors ligne")).to_be_visible()

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    expect(page.get_by_role("region", name="Vos tickets gardés")).to_be_hidden()
    come_back(visit, page)


def test_logging_out_takes_it_away_even_without_network(visit: Visitors):
    page = visit(offline=True)
    log_in(page, "garance.test")
    address = keep_a_ticket(page)
    page.get_by_role("button", name="Déconnexion").click()
    expect(page.get_by_label("Identifiant")).to_be_visible()
    assert kept(page) == 0

    lose_the_network(page)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    come_back(visit, page)

    log_in(page, "garance.test")
    page.goto(address)
    go_on(page, "Garder hors ligne")
    keeps(page, 1)
    page.context.set_offline(True)
    # A telephone that takes its time: the form waits for it.
    page.evaluate(SLOW_TO_FORGET)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Déconnexion").click()
    # The browser's own page for it comes after the failure, and would interrupt what is asked for next.
    page.wait_for_url("chrome-error://*/")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    assert kept(page) == 0
    come_back(visit, page)


def test_another_account_on_this_device_finds_none(visit: Visitors):
    """The session ended by itself: the cookie went with the browser, or it was too old."""
    page = visit(offline=True)
    log_in(page, "garance.test")
    address = keep_a_ticket(page)
    page.context.clear_cookies()
    page.goto("/aide/")
    keeps(page, 0)

    # And one who comes in by another way than the form of the first page.
    log_in(page, "garance.test")
    page.goto(address)
    go_on(page, "Garder hors ligne")
    keeps(page, 1)
    page.context.clear_cookies()
    other = visit()
    log_in(other, "parent.test")
    expect(other.get_by_role("banner")).to_contain_text("Connecté sous")
    [session] = [one for one in other.context.cookies() if one["name"] == "__Host-sessionid"]
    page.context.add_cookies(
        [{"name": session["name"], "value": session["value"], "url": urljoin(page.url, "/"), "secure": True}]
    )
    # A parent of that very child: it is another account all the same.
    page.goto("/beneficiaires/")
    keeps(page, 0)

    lose_the_network(page)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    assert "Garance" not in page.content()
    come_back(visit, page)


def test_a_ticket_cancelled_elsewhere_goes_at_the_next_visit(visit: Visitors):
    page, parent = visit(offline=True), visit()
    log_in(page, "garance.test")
    address = keep_a_ticket(page)
    log_in(parent, "parent.test")
    parent.goto(f"{address}annuler/")
    parent.get_by_role("main").get_by_role("button", name="Annuler").click()
    expect(parent.get_by_role("main")).to_contain_text("est annulé")

    page.goto("/aide/")
    keeps(page, 0)


def test_after_its_last_day_it_is_gone_without_any_network(visit: Visitors):
    page = visit(offline=True)
    log_in(page, "garance.test")
    address = keep_a_ticket(page)
    page.context.set_offline(True)
    # As if it had been kept from a campaign that is over.
    page.evaluate(
        """async (path) => {
          const cache = await caches.open("tickets");
          const page = await cache.match(path);
          const headers = new Headers(page.headers);
          headers.set("Copy-Last-Day", "2020-06-30");
          await cache.put(path, new Response(await page.blob(), { headers }));
        }""",
        address,
    )
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("La page n’est pas arrivée")
    assert kept(page) == 0
    come_back(visit, page)


def test_without_javascript_nothing_is_offered(visit: Visitors):
    page = visit(javascript=False)
    log_in(page, "garance.test")
    make_ticket_without_script(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Ticket n°"))
    expect(page.get_by_text("hors ligne")).to_be_hidden()


def make_ticket_without_script(page: Page) -> None:
    menu(page, "Loisirs", "Effectuer une transaction")
    page.locator("label").filter(has_text="Je préfère créer").click()
    go_on(page)
    page.locator("label").filter(has_text="un ticket sur le porte-monnaie Culture").click()
    go_on(page)
    page.get_by_label("Montant du ticket").fill("12")
    go_on(page, "Créer le ticket")
    menu(page, "Loisirs", "Mes transactions")
    page.get_by_role("main").locator("tbody th a").first.click()


def test_axe_finds_nothing(visit: Visitors):
    page = visit(offline=True, width=PHONE)
    log_in(page, "garance.test")
    address = keep_a_ticket(page)
    found = [*violations(page, "ticket gardé", [PHONE, 1280])]
    page.goto("/hors-ligne/")
    expect(page.get_by_role("region", name="Vos tickets gardés")).to_be_visible()
    found += violations(page, "hors ligne, un ticket gardé", [PHONE, 1280])
    lose_the_network(page)
    page.goto(address)
    expect(page.get_by_role("button", name="Retirer de cet appareil")).to_be_visible()
    found += violations(page, "copie", [PHONE, 1280])
    come_back(visit, page)
    assert found == []
