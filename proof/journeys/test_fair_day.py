"""A forum of associations: a club uses twenty tickets of three families in one session."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visitors
from .counter import bring_photo, check, confirm, paste, photograph
from .paper import Paper
from .steps import PHONE, choose_child, go_on, go_to_paper, log_in

pytestmark = pytest.mark.journey


def paper_tickets(page: Page, username: str, number: int, child: str = "") -> bytes:
    """The PDF of as many tickets of one euro, of the wallet « Culture »."""
    log_in(page, username)
    if child:
        choose_child(page, child)
    go_to_paper(page)
    page.get_by_role("main").get_by_role("link", name="Culture").click()
    page.get_by_label("Nombre de tickets").fill(f"{number}")
    page.get_by_label("Montant de chaque ticket").fill("1")
    go_on(page, "Créer les tickets")
    printed = page.get_by_role("link", name="Imprimer", exact=True).get_attribute("href")
    return page.context.request.get(f"{printed}").body()


def test_twenty_tickets_in_one_session(visit: Visitors):
    families = [("garance.test", 6, ""), ("voisin.test", 7, ""), ("parent.test", 7, "Lucien TEST CD 92")]
    pdfs = [paper_tickets(visit(), *family) for family in families]
    addresses = [Paper(pdf).qr_addresses for pdf in pdfs]
    assert sum(map(len, addresses)) == 20

    club = visit(width=PHONE)
    log_in(club, "guichet.test")
    for pdf in pdfs[:2]:
        bring_photo(club, photograph(pdf), javascript=True)
        confirm(club, "Utiliser les 3 tickets", "3 tickets utilisés, 3,00 €")
    first, *others = [it.rpartition("/T/")[2].strip("/") for it in addresses[2]]
    check(club, first.lower())
    confirm(club, "Utiliser le ticket", "Ticket utilisé")
    paste(club, [*others, *addresses[0][3:], *addresses[1][3:], first])
    expect(club.get_by_role("main")).to_contain_text("déjà utilisé chez vous")
    confirm(club, "Utiliser les 13 tickets", "13 tickets utilisés, 13,00 €")

    club.get_by_role("link", name="Retour au guichet").click()
    expect(club.get_by_role("main")).to_contain_text("20 · 20,00 €")


# What Chromium has on a telephone, and not here: it « sees » what the page was told.
DETECTOR = """
window.BarcodeDetector = class {
  static getSupportedFormats = async () => ["qr_code"];
  detect = async () => [{ rawValue: "https://cafe.example/menu" }, { rawValue: window.seen }];
};
navigator.mediaDevices.getUserMedia = async () => {
  if (!window.seen) throw new DOMException("no", "NotAllowedError");
  return document.createElement("canvas").captureStream();
};
"""


def test_the_camera_finds_the_ticket_or_says_how_to_allow_it(visit: Visitors):
    [address, *_] = Paper(paper_tickets(visit(), "garance.test", 2)).qr_addresses
    club = visit(width=PHONE)
    club.add_init_script(DETECTOR)
    log_in(club, "guichet.test")
    scan = club.get_by_role("button", name="Scanner")
    scan.click()
    expect(club.locator("#scanner")).to_contain_text("L’appareil photo est refusé")
    expect(scan).to_have_attribute("aria-pressed", "false")

    club.evaluate("seen => { window.seen = seen }", address)
    scan.click()
    expect(club.get_by_role("heading", level=1)).to_have_text("Ticket à confirmer")


def test_where_the_browser_reads_no_squares_there_is_no_button(visit: Visitors):
    club = visit(refusals=(404,))
    club.add_init_script("delete window.BarcodeDetector")
    log_in(club, "guichet.test")
    expect(club.get_by_label("Code du ticket")).to_be_focused()
    expect(club.get_by_role("button", name="Scanner")).to_be_hidden()
    allowed = "document.featurePolicy.allowsFeature('camera')"
    assert club.evaluate(allowed)
    club.goto("/organismes/nulle-part/")
    assert not club.evaluate(allowed)
