"""« Nous contacter »: anybody writes to the service, and to nobody else."""

import pytest
from post_office.models import STATUS, Email

from accounts.tests.factories import make_beneficiary, make_user
from core.tests.mail.delivering import deliver_by
from core.tests.queue import work

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
HELP = "aide@passplus.example"
WRITTEN = {
    "topic": "ticket",
    "message": "Le club refuse le ticket n° 12.\r\n\r\nQue faire ?",
    "address": "anne@famille.example",
}


@pytest.fixture(autouse=True)
def _through_the_outbox(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    deliver_by(settings, "django.core.mail.backends.locmem.EmailBackend")


@pytest.fixture
def send(client, mailoutbox):
    """What the service reads, once that is sent."""

    def sent(path="/contact/", **changed):
        response = client.post(path, WRITTEN | changed)
        assert response.status_code == 302, response.context["form"].errors
        work()
        return mailoutbox.pop()

    return sent


def test_a_stranger_writes_and_may_be_answered(client, send):
    """family.md, polish: « Nous contacter » was a telephone and an address, and no form."""
    message = send()

    assert message.to == [HELP]
    assert message.subject == f"Message du site{NBSP}: Un ticket, un porte-monnaie"
    assert message.message()["Reply-To"] == "anne@famille.example"
    assert "Le club refuse le ticket n° 12.\n\nQue faire ?" in message.body
    assert "rien ne prouve qui écrit" in message.body
    assert "Votre message est envoyé" in client.post("/contact/", WRITTEN, follow=True).text


def test_who_is_connected_is_known_and_need_not_say_so(client, send):
    parent = make_user("camille", email="camille@famille.example")
    child = make_beneficiary(parent, first_name="Lucien")
    make_beneficiary(parent, first_name="Garance")
    client.force_login(parent)
    path = f"/contact/?pour={child.public_id}"
    assert 'value="camille@famille.example"' in client.get(path).text

    message = send(path, address="Camille@famille.example")
    assert "Écrit depuis le compte camille, pour Lucien." in message.body
    assert "n’est pas l’adresse" not in message.body
    elsewhere = send(path, address="autre@ailleurs.example").body
    assert f"Réponse à{NBSP}: autre@ailleurs.example, qui n’est pas l’adresse de ce compte" in elsewhere
    assert client.post(path, WRITTEN).url == f"/contact/envoye/?pour={child.public_id}"


def test_nobodys_child_is_named(client, send):
    stranger = make_beneficiary(make_user(), first_name="Zénaïde")
    client.force_login(make_user())

    assert "Zénaïde" not in send(f"/contact/?pour={stranger.public_id}").body


def test_a_link_says_what_it_is_about(client):
    assert '<option value="organisme" selected>' in client.get("/contact/?sujet=organisme").text
    assert client.get("/contact/?sujet=<b>").text.count(" selected>") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", ""),
        ("topic", "facture"),
        ("message", ""),
        ("message", " \r\n \N{ZERO WIDTH SPACE}"),
        ("message", "x" * 4001),
        ("address", ""),
        ("address", "pas une adresse"),
        ("address", "anne@famille.example, tous@famille.example"),
        ("address", "anne@famille.example\r\nBcc: tous@famille.example"),
        ("address", "anne@famille.example%0d%0aBcc:tous@famille.example"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(client, field, value):
    response = client.post("/contact/", WRITTEN | {field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Email.objects.exists()


BROKEN = [
    "x\r\nBcc: tous@famille.example",
    "\r\nTo: tous@famille.example\r\n\r\nBonjour",
    "a\u2028Cc: x@y.example",
]


@pytest.mark.parametrize("text", BROKEN)
def test_nothing_that_is_typed_is_a_header_or_somebody_to_write_to(send, text):
    message = send(message=text)

    assert (message.to, message.cc, message.bcc) == ([HELP], [], [])
    sent = message.message()
    assert {"Bcc", "Cc"}.isdisjoint(sent.keys())
    assert sent.get_all("To") == [HELP]
    # Nor does a machine there answer somebody whose address another typed.
    assert sent["Auto-Submitted"] == "auto-generated"


def test_what_is_typed_as_html_is_words(send):
    [(html, _)] = send(message='<a href="https://ailleurs.example/">Cliquez</a>').alternatives

    assert "&lt;a href=" in html
    assert 'href="https://ailleurs.example' not in html


def test_the_text_is_kept_nowhere_once_it_left(send):
    send()

    kept = Email.objects.get()
    assert (kept.status, kept.to) == (STATUS.sent, [HELP])
    assert (kept.message, kept.html_message, kept.headers) == ("", "", None)


def test_a_crowd_in_one_place_waits(client):
    for _ in range(20):
        assert client.post("/contact/", WRITTEN).status_code == 302
    response = client.post("/contact/", WRITTEN)

    assert response.status_code == 429
    assert "Trop de messages" in response.text
    # What was written is still there.
    assert "Le club refuse le ticket" in response.text
    assert Email.objects.count() == 20


def test_one_account_does_not_fill_the_mail_box(client):
    client.force_login(make_user())
    answers = [client.post("/contact/", WRITTEN).status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]


@pytest.mark.parametrize("path", ["/aide/", "/aide/?q=zzzz", "/nulle-part/", "/accueil/premiere-connexion/"])
def test_it_is_offered_where_somebody_may_be_stuck(client, settings, path):
    """Beside the telephone."""
    main = client.get(path).text.partition("<main")[2].partition("</main>")[0]

    assert 'href="/contact/"' in main
    assert settings.BRAND["help_phone"] in main
