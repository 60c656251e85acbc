"""« Ne plus recevoir ces rappels »."""

import pytest
from django.test import Client

from tickets.models import Reminder
from tickets.tests.reminding import make_due, make_family, send, stop_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(mailoutbox):
    make_family(make_due())
    send()
    return stop_link(mailoutbox[0])


def test_to_look_stops_nothing(client, link):
    response = client.get(link)

    assert "Ne plus recevoir ces rappels" in response.text
    assert "camille" not in response.text
    assert send(23) == 1


def test_to_press_the_button_does_even_twice(client, link):
    for _ in range(2):
        response = client.post(link, follow=True)
        assert "Vous ne recevrez plus de rappels" in response.text

    assert "Vous ne recevrez plus de rappels" in client.get(link).text
    assert send(23) == 0


def test_the_button_of_the_mail_program_does_it_at_once(link, mailoutbox):
    headers = mailoutbox[0].message()
    assert headers["List-Unsubscribe"] == f"<https://pass.example{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    program = Client(enforce_csrf_checks=True)
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert send(23) == 0


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "spoil",
    [lambda link: link.replace(":", ":x"), lambda link: link.replace("rappels/", "rappels/9")],
    ids=["signature", "account"],
)
def test_a_link_that_we_did_not_sign(client, link, method, spoil):
    response = getattr(client, method)(spoil(link))

    assert response.status_code == 404
    assert "Ce lien ne fonctionne pas" in response.text
    assert send(23) == 1


def test_a_link_whose_account_is_gone(client, link):
    Reminder.objects.get().user.delete()

    assert client.post(link).status_code == 404
