"""A forum of associations: a club uses fifty tickets of forty families in one session."""

import json

import pytest
from playwright.sync_api import Page, expect

from core.tests.photographs import encoded
from core.tests.photographs import photograph as photograph_of

from .conftest import Visitors
from .counter import bring_photo, check, confirm, paste, photograph
from .kept_server import KeptServer
from .paper import Paper
from .shell import shell
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


# Those who came with a ticket that they had printed at home: its code, of each.
AT_HOME = """
import json
from django.utils import timezone
from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets.models import Campaign
from wallets.tests.factories import make_wallet
campaign = Campaign.objects.open_on(timezone.localdate()).first()
parents = [make_user(password=None) for _ in range(37)]
wallets = [make_wallet(beneficiary=make_beneficiary(it), campaign=campaign) for it in parents]
tickets = [make_ticket("1.00", wallet=wallet, actor=it) for wallet, it in zip(wallets, parents)]
print(json.dumps([ticket.code for ticket in tickets]))
"""


def test_fifty_tickets_in_one_session(visit: Visitors, server: KeptServer):
    """Photographed three at a time, of one sheet or of three families; typed; pasted."""
    families = [("garance.test", 6, ""), ("voisin.test", 4, ""), ("parent.test", 3, "Lucien TEST CD 92")]
    pdfs = [paper_tickets(visit(), *family) for family in families]
    printed = [Paper(pdf).qr_addresses for pdf in pdfs]
    site = printed[0][0].partition("/T/")[0]
    at_home = json.loads(shell(server.directory, AT_HOME))
    assert sum(map(len, printed)) + len(at_home) == 50

    club = visit(width=PHONE)
    log_in(club, "guichet.test")
    beside_each_other = [at_home[first : first + 3] for first in range(0, 18, 3)]
    addresses = [[f"{site}/T/{code}" for code in three] for three in beside_each_other]
    photos = [photograph(pdf) for pdf in pdfs[:2]]
    photos += [encoded(photograph_of(three), quality=85) for three in addresses]
    for photo in photos:
        bring_photo(club, photo, javascript=True)
        confirm(club, "Utiliser les 3 tickets", "3 tickets utilisés, 3,00 €")
    typed = at_home[18:26]
    for code in typed:
        check(club, code.lower())
        confirm(club, "Utiliser le ticket", "Ticket utilisé")
    left = [*printed[0][3:], *printed[1][3:], *printed[2]]
    paste(club, [*(it.rpartition("/T/")[2].strip("/") for it in left), *at_home[26:], typed[0]])
    expect(club.get_by_role("main")).to_contain_text("déjà utilisé chez vous")
    confirm(club, "Utiliser les 18 tickets", "18 tickets utilisés, 18,00 €")

    club.get_by_role("link", name="Retour au guichet").click()
    expect(club.get_by_role("main")).to_contain_text("50 · 50,00 €")


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
