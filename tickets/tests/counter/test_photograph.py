"""« Photographier »: the tickets of a picture are confirmed as if they were typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import codes
from core.tests.photographs import encoded, photograph
from tickets import pdf
from tickets.models import FailedTry, Use, Way, Why
from tickets.qr import address
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.counter.test_many import fields_of
from tickets.tests.counter.test_pages import text_of
from tickets.tests.factories import make_ticket
from tickets.tests.paper import loaded, photographed
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db

SMALL = (1600, 1200)


@pytest.fixture
def counter(client) -> Counter:
    counter = Counter()
    client.force_login(counter.member)
    return counter


@pytest.fixture
def wallet():
    return make_wallet("200", kind=Kind.CULTURE)


@pytest.fixture
def send(client, counter):
    def send(content: bytes, name: str = "photo.jpg", to: Counter = counter):
        path = reverse("tickets:photograph", args=[to.partner.pk])
        return client.post(path, {"picture": SimpleUploadedFile(name, content)}, follow=True)

    return send


def of(*texts: str) -> bytes:
    return encoded(photograph(texts, size=SMALL))


def test_one_ticket_is_to_confirm_and_used_as_photographed(client, counter, wallet, send):
    ticket = make_ticket(wallet=wallet, offer=counter.offer)
    page = send(of(address(ticket.code)))
    assert "Ticket à confirmer" in text_of(page)
    client.post(reverse("tickets:use", args=[counter.partner.pk]), fields_of(page))

    use = Use.objects.get()
    assert (use.ticket, use.way) == (ticket, Way.PHOTO)


def test_several_are_a_table(client, counter, wallet, send):
    tickets = [make_ticket(wallet=wallet, offer=counter.offer) for _ in range(2)]
    used = make_ticket(wallet=wallet)
    elsewhere().use(used)
    page = send(of(*(address(it.code) for it in [*tickets, used])))
    assert "2 · 20,00" in text_of(page)
    assert "déjà utilisé" in text_of(page)
    client.post(reverse("tickets:use", args=[counter.partner.pk]), fields_of(page))

    assert set(Use.objects.filter(way=Way.PHOTO).values_list("ticket", flat=True)) == {
        it.pk for it in tickets
    }


def test_a_page_as_it_is_printed(counter, wallet, send):
    """The real PDF, on a table, at an angle."""
    tickets = [make_ticket(wallet=wallet, offer=counter.offer) for _ in range(3)]
    [page] = photographed(pdf.render(loaded(*tickets)))

    assert "3 · 30,00" in text_of(send(encoded(page.rotate(12, expand=True, fillcolor="grey"))))


def test_other_squares_are_ignored(counter, wallet, send):
    ticket = make_ticket(wallet=wallet, offer=counter.offer)
    page = send(of("https://cafe.example/menu", address(ticket.code), "WIFI:S:club;P:x;;", ticket.code))

    assert "Ticket à confirmer" in text_of(page)
    assert not FailedTry.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (of("https://cafe.example/menu"), "Aucun ticket n’est lisible"),
        (of("HTTPS://PASS.EXAMPLE/T/0123456789AB0"), "Aucun ticket n’est lisible"),
        (b"Bonjour", "n’est pas une photo"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "format HEIC"),
        (of("x")[:9_000], "Aucun ticket n’est lisible"),
        (b"", "vide"),
    ],
    ids=["another site's", "miscopied", "text", "HEIC", "cut", "empty"],
)
def test_what_cannot_be_used_has_a_sentence_beside_the_field(send, content, says):
    page = send(content)

    assert says in text_of(page)
    assert 'aria-invalid="true"' in page.text


def test_no_file_at_all(client, counter):
    path = reverse("tickets:photograph", args=[counter.partner.pk])

    assert "Choisissez une photo" in text_of(client.post(path, {"picture": ""}, follow=True))


def test_an_unknown_one_is_kept_and_said(send):
    page = send(of(address(codes.complete("0" * 12))))

    assert "inconnu" in text_of(page)
    assert FailedTry.objects.get().why == Why.UNKNOWN


def test_who_sends_too_many_waits(send):
    answers = [send(b"Bonjour") for _ in range(31)]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Trop de photos" in text_of(answers[-1])


def test_another_organismes_does_not_exist(send, wallet):
    assert send(of(address(make_ticket(wallet=wallet).code)), to=elsewhere()).status_code == 404
