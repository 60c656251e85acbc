"""Names on paper: text and never markup, however long."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from pypdf import PdfReader

from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_offer, make_partner
from tickets import pdf
from tickets.tests.factories import make_ticket, make_tickets
from tickets.tests.paper import loaded, text_of
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_names_are_text_and_never_markup(settings):
    """A name that would fetch a file, were it believed."""
    name = "<img src='file:///etc/hostname'><b>&amp;"
    wallet = make_wallet(beneficiary=make_beneficiary(first_name=name, last_name="X"))

    text = text_of(pdf.render(loaded(make_ticket(wallet=wallet))))

    # It is long, and goes on in a second line.
    assert name.replace(" ", "") in text.replace(" ", "")


def test_a_picture_in_a_name_is_no_box():
    """family.md, polish: no font of letters has it."""
    wallet = make_wallet(beneficiary=make_beneficiary(first_name="Garance\U0001f3b8", last_name="X"))

    assert "Garance X" in text_of(pdf.render(loaded(make_ticket(wallet=wallet))))


def test_a_name_may_hold_what_a_spreadsheet_left_there():
    wallet = make_wallet(beneficiary=make_beneficiary(first_name="Gar\x0bance", last_name="X"))

    assert "Garance X" in text_of(pdf.render(loaded(make_ticket(wallet=wallet))))


@pytest.mark.parametrize(
    ("first_name", "last_name", "partner", "activity"),
    [
        ("Anne-Sophie " * 5, "DE LA " * 10, "ASSOCIATION " * 10, "Initiation " * 7),
        ("W" * 60, "W" * 60, "W" * 120, "W" * 80),
    ],
    ids=["words", "without a space"],
)
def test_a_long_name_keeps_the_ticket_on_its_third_of_a_page(first_name, last_name, partner, activity):
    wallet = make_wallet(beneficiary=make_beneficiary(first_name=first_name, last_name=last_name))
    tickets = make_tickets(3, wallet=wallet, offer=make_offer(activity, partner=make_partner(partner)))

    document = pdf.render(loaded(*tickets))

    assert len(PdfReader(io.BytesIO(document)).pages) == 1
    # What stands lowest is still inside of the frame, 93 mm from the top.
    assert bottom_of("refaites-en un.", document) < 93
    assert bottom_of("jusqu’au", document) < bottom_of("Réservé", document) - 2


@pytest.mark.parametrize("amount", ["12.50", "99.99"])
def test_an_amount_in_many_words_covers_and_moves_nothing(amount):
    short, long = (loaded(make_ticket()) for _ in range(2))
    long[0].amount = Decimal(amount)
    places = [
        {it: bottom_of(it, pdf.render(tickets)) for it in ("Bénéficiaire", "Réservé", "refaites-en un.")}
        for tickets in (short, long)
    ]

    assert places[0] == pytest.approx(places[1])
    assert bottom_of("centimes)", pdf.render(long)) < places[1]["Bénéficiaire"] - 2


@pytest.mark.parametrize("name", ["Rentrée 2026 et 2027", "W" * 20], ids=["words", "without a space"])
def test_a_long_name_of_a_campaign_stops_before_the_emblem(name):
    """Which stands 78 mm from the left of the page; the wallet is named below, no lower than ever."""
    short, long = (loaded(make_ticket()) for _ in range(2))
    long[0].wallet.campaign.name = name
    document = pdf.render(long)
    words = pypdfium2.PdfDocument(document)[0].get_textpage()
    found = words.search("Campagne").get_next()
    wallet = words.search("Activités").get_next()
    assert found
    assert wallet
    rights = [words.get_charbox(place)[2] / 72 * 25.4 for place in range(found[0], wallet[0])]

    assert 40 < max(rights) < 77
    assert bottom_of("Activités", document) == pytest.approx(bottom_of("Activités", pdf.render(short)))


def bottom_of(text: str, document: bytes) -> float:
    """Where it ends first on the first page: millimetres from the top."""
    page = pypdfium2.PdfDocument(document)[0]
    words = page.get_textpage()
    found = words.search(text).get_next()
    assert found
    bottom = min(words.get_charbox(found[0] + place)[1] for place in range(found[1]))
    return (page.get_height() - bottom) / 72 * 25.4


def test_a_long_name_in_words_is_said_in_full():
    beneficiary = make_beneficiary(first_name="Anne-Sophie " * 5, last_name="DE LA " * 10)

    text = text_of(pdf.render(loaded(make_ticket(wallet=make_wallet(beneficiary=beneficiary)))))

    assert " ".join(beneficiary.full_name.split()) in text
    assert f"Née ou né en {beneficiary.birth_year}" in text
    assert "À utiliser jusqu’au" in text
