"""The ticket on paper."""

import io
import threading

import pytest
from django.conf import settings
from pypdf import PdfReader

from accounts.tests.factories import make_beneficiary
from partners.tests.factories import make_offer, make_partner
from tickets import pdf
from tickets.tests.factories import make_ticket, make_tickets
from tickets.tests.paper import codes_of, loaded, text_of
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_it_says_all_that_a_counter_asks():
    """family.md 3: whose paper it is, for what campaign, what it is worth in figures and in letters."""
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
        settings.BRAND["name"],
        settings.BRAND["authority"],
        settings.BRAND["territory"],
        f"Campagne {wallet.campaign.name}",
        "Valeur : 50,00 € (cinquante euros)",
        "Née ou né en 2013",
        "Réservé à l’organisme : nom, date, cachet, signature",
        "Ticket strictement personnel",
        "Annulé ou déjà utilisé, il ne vaut plus rien",
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
        f"Code QR du ticket n°\N{NO-BREAK SPACE}{ticket.number}",
        "Logo Pass+",
        "Emblème Hauts-de-Seine",
    ]


def test_printers_are_asked_for_one_side_and_the_true_size():
    """family.md 3, cases 43: the ticket on the back would be given away with that on the front."""
    reader = PdfReader(io.BytesIO(pdf.render(loaded(*make_tickets(4)))))

    asked = reader.root_object["/ViewerPreferences"]
    assert (asked["/Duplex"], asked["/PrintScaling"]) == ("/Simplex", "/None")
    assert asked["/DisplayDocTitle"]


def test_the_logo_of_the_campaign_is_on_it(settings):
    settings.BRAND = settings.BRAND | {"name": "Pass Loisirs", "logo": "img/icon-512.png"}
    ticket = make_ticket()
    reader = PdfReader(io.BytesIO(pdf.render(loaded(ticket))))

    assert [image.image.size for image in reader.pages[0].images] == [(512, 512), (144, 144)]
    assert "Pass Loisirs" in text_of(pdf.render(loaded(ticket)))


def test_threads_draw_one_after_the_other():
    tickets = loaded(make_ticket())
    documents = []
    threads = [threading.Thread(target=lambda: documents.append(pdf.render(tickets))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [document[:5] for document in documents] == [b"%PDF-"] * 2
