"""SSRF: a name that makes the server fetch, from inside, while it draws a PDF. And what stays in the PDF."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import weasyprint

from accounts import letters
from accounts.services import new_access_codes
from accounts.tests.factories import make_beneficiary, make_user
from core import pdf as paper
from partners.tests.factories import make_offer, make_partner
from proof.journeys.paper import Paper
from tickets import pdf
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db

# What would run, lead away, or carry a file along.
DANGEROUS = [
    b"/JavaScript",
    b"/JS",
    b"/Launch",
    b"/EmbeddedFile",
    b"/SubmitForm",
    b"/ImportData",
    b"/OpenAction",
]


class Inside:
    """A service that only the server reaches; it counts who came."""

    def __init__(self):
        self.visits = visits = []

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def listening():
    inside = Inside()
    thread = threading.Thread(target=inside.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield inside
    inside.server.shutdown()
    thread.join()
    inside.server.server_close()


@pytest.fixture
def inside(listening):
    listening.visits.clear()
    return listening


def lures(url):
    return [
        f'<img src="{url}/a"/>',
        f'"/><link rel="stylesheet" href="{url}/b"/><a x="',
        f"<style>@import url({url}/c);</style>",
        f'<p style="background:url({url}/d)">',
        f'<a rel="attachment" href="{url}/e">x</a>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{url}/f">]>&e;',
        '<img src="file:///etc/passwd"/><a rel="attachment" href="file:///etc/passwd">x</a>',
        "]]></p><script>app.alert(1)</script>",
        f"qr:{url}",
    ]


@pytest.fixture(params=range(9))
def lure(request, inside):
    return lures(inside.url)[request.param]


def test_a_ticket_fetches_nothing(inside, lure):
    child = make_beneficiary(first_name=lure[:60], last_name=lure[-60:])
    offer = make_offer(lure[:60], partner=make_partner(lure[:120]))
    number = make_ticket("10", wallet=make_wallet(beneficiary=child), offer=offer).number
    drawn = pdf.render(list(Ticket.objects.with_beneficiary().filter(pk=number)))

    assert inside.visits == []
    assert [name for name in DANGEROUS if name in drawn] == []
    # As it was written, as words, on as many lines as it takes.
    assert _in_one_piece(lure[:12]) in _in_one_piece(Paper(drawn).text)


def _in_one_piece(text):
    return "".join(text.split())


def test_a_letter_fetches_nothing(inside, lure):
    user = make_user(password=None, first_name=lure[:150], last_name=lure[:150], address=lure[:120], email="")
    make_beneficiary(user, first_name=lure[:60])
    new_access_codes(user_ids=[user.pk])
    user.refresh_from_db()
    drawn = letters.as_response([user]).content

    assert inside.visits == []
    assert [name for name in DANGEROUS if name in drawn] == []


def test_even_a_template_of_ours_that_forgot_to_escape_fetches_nothing(inside, monkeypatch, caplog):
    forgotten = f'<html><body><img src="{inside.url}/a"/><img src="file:///etc/passwd"/></body></html>'
    monkeypatch.setattr(paper, "render_to_string", lambda *_: forgotten)
    paper.draw("tickets/pdf.html", {}, style=pdf.STYLE)

    assert inside.visits == []


def test_the_control_the_same_drawn_without_our_rules_does_fetch(inside):
    weasyprint.HTML(string=f'<img src="{inside.url}/a">').write_pdf()

    assert inside.visits == ["/a"]


def test_no_link_leads_where_a_name_says(inside):
    offer = make_offer(partner=make_partner(f'"><a href="{inside.url}">ici</a>'))
    number = make_ticket(offer=offer).number
    drawn = pdf.render(list(Ticket.objects.with_beneficiary().filter(pk=number)))
    links = [
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for page in Paper(drawn)._reader.pages
        for note in page.get("/Annots", [])
    ]

    assert [link for link in links if inside.url in link] == []
