"""The ticket on paper."""

import io
import threading

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from pypdf import PdfReader

from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_offer, make_partner
from tickets import pdf
from tickets.models import Ticket
from tickets.tests.factories import make_ticket, make_tickets
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def loaded(*tickets):
    numbers = [ticket.number for ticket in tickets]
    return list(Ticket.objects.told_in_full().filter(number__in=numbers).order_by("-number"))


def text_of(document):
    pages = PdfReader(io.BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def codes_of(document):
    """What a scanner reads on each page."""
    pages = pypdfium2.PdfDocument(document)
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


def test_it_says_all_that_a_counter_asks():
    wallet = make_wallet("60", beneficiary=make_beneficiary(first_name="Garance", last_name="TEST CD 92"))
    offer = make_offer("Chant choral", partner=make_partner("MAITRISE STE MARIE D ANTONY"))
    ticket = make_ticket("50", wallet=wallet, offer=offer)
    text = text_of(pdf.render(loaded(ticket)))

    for word in (
        str(ticket.number),
        ticket.shown_code,
        "50,00 €",
        "Activités culturelles",
        "Garance TEST CD 92",
        "2013",
        "MAITRISE STE MARIE D ANTONY",
        "Chant choral",
        f"{ticket.created_at.astimezone():%d/%m/%Y}",
        f"{ticket.valid_until:%d/%m/%Y}",
        "Ticket strictement personnel",
        settings.BRAND["help_phone"],
    ):
        assert word in text


def test_a_paper_ticket_leaves_room_for_the_organisme():
    assert "À compléter par l’organisme :" in text_of(pdf.render(loaded(make_ticket())))


def test_each_qr_is_the_address_of_its_ticket():
    tickets = make_tickets(4)
    expected = {f"{settings.SITE_URL}/T/{ticket.code}/".upper() for ticket in tickets}

    assert set(codes_of(pdf.render(loaded(*tickets)))) == expected


def test_it_is_tagged_for_screen_readers_in_french():
    reader = PdfReader(io.BytesIO(pdf.render(loaded(make_ticket()))))

    assert reader.root_object["/Lang"] == "fr"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.root_object["/Metadata"].get_data().decode()
    assert reader.metadata.title


def test_it_tells_a_screen_reader_what_the_square_is():
    ticket = make_ticket()
    reader = PdfReader(io.BytesIO(pdf.render(loaded(ticket))))
    objects = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    figures = [one for one in objects if isinstance(one, dict) and one.get("/S") == "/Figure"]

    assert [figure["/Alt"] for figure in figures] == [
        f"Code QR du ticket n°\N{NO-BREAK SPACE}{ticket.number}"
    ]


def test_names_are_text_and_never_markup(settings):
    """A name that would fetch a file, were it believed."""
    name = "<img src='file:///etc/hostname'><b>&amp;"
    wallet = make_wallet(beneficiary=make_beneficiary(first_name=name, last_name="X"))

    assert "<img src='file:///etc/hostname'><b>&amp;" in text_of(
        pdf.render(loaded(make_ticket(wallet=wallet)))
    )


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
    page = pypdfium2.PdfDocument(document)[0]
    words = page.get_textpage()
    found = words.search("refaites-en un.").get_next()
    assert found
    bottom = min(words.get_charbox(found[0] + place)[1] for place in range(found[1]))
    assert (page.get_height() - bottom) / 72 * 25.4 < 93


def test_a_long_name_in_words_is_said_in_full():
    beneficiary = make_beneficiary(first_name="Anne-Sophie " * 5, last_name="DE LA " * 10)

    assert f"née ou né en {beneficiary.birth_year}" in text_of(
        pdf.render(loaded(make_ticket(wallet=make_wallet(beneficiary=beneficiary))))
    )


def test_threads_draw_one_after_the_other():
    tickets = loaded(make_ticket())
    documents = []
    threads = [threading.Thread(target=lambda: documents.append(pdf.render(tickets))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [document[:5] for document in documents] == [b"%PDF-"] * 2
