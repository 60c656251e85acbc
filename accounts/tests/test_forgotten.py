"""Identifiant or password forgotten: one field, one neutral answer, one message."""

import re

import pytest
from django.contrib.auth import authenticate

from accounts import identifiers
from accounts.models import ForgottenRequest
from accounts.tests.factories import make_user
from core import tasks
from core.tests.queue import work

pytestmark = pytest.mark.django_db


def ask(client, contact):
    answer = client.post("/accueil/identifiants-oublies/", {"contact": contact}, follow=True)
    work()
    return answer


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(client):
    make_user("camille")

    assert ask(client, "camille").content == ask(client, "personne").content


@pytest.mark.parametrize("contact", ["camille", " Camille", "CAMILLE@famille.example"])
def test_by_identifiant_or_by_address(client, mailoutbox, contact):
    make_user("camille")
    ask(client, contact)

    assert [message.to for message in mailoutbox] == [["camille@famille.example"]]
    assert "camille" in mailoutbox[0].body


def test_one_message_for_all_the_accounts_of_an_address(client, mailoutbox):
    make_user("garance", email="famille@famille.example")
    make_user("lucien", email="Famille@famille.example")
    ask(client, "famille@famille.example")

    [message] = mailoutbox
    assert "garance" in message.body
    assert "lucien" in message.body


@pytest.mark.parametrize("contact", ["personne", "fermee", "sansadresse", "", "a" * 300])
def test_nobody_is_written_to(client, mailoutbox, contact):
    make_user("fermee", is_active=False)
    make_user("sansadresse", email="")

    assert ask(client, contact).status_code == 200
    assert mailoutbox == []


def test_the_link_of_the_message_gives_a_new_password_once(client, mailoutbox):
    make_user("camille")
    ask(client, "camille")
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    new = {"new_password1": "tout nouveau secret", "new_password2": "tout nouveau secret"}
    client.post(link, new)

    assert authenticate(username="camille", password="tout nouveau secret")
    assert client.get(link, follow=True).context["validlink"] is False


def test_a_link_that_was_made_up(client):
    response = client.get("/accueil/nouveau-mot-de-passe/MQ/abc-def/")

    assert response.context["validlink"] is False


# --- Later --------------------------------------------------------------------------------------


def test_the_page_itself_looks_for_nobody_and_nothing_of_it_stays(client, mailoutbox):
    make_user("camille")
    client.post("/accueil/identifiants-oublies/", {"contact": "camille"})
    assert mailoutbox == []

    assert work() == 1
    assert len(mailoutbox) == 1
    assert not ForgottenRequest.objects.exists()
    assert work() == 0


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_answer_it_once(at_once, mailoutbox):
    make_user("camille")
    identifiers.ask(contact="camille")

    assert at_once(work, work) == ["done", "done"]
    assert len(mailoutbox) == 1


def test_one_that_cannot_be_answered_does_not_keep_the_next_from_being(mailoutbox, monkeypatch, caplog):
    make_user("camille")
    send = identifiers.send_identifiers

    def broken(*, contact):
        if contact == "la première":
            raise ValueError("no room left")
        send(contact=contact)

    monkeypatch.setattr(identifiers, "send_identifiers", broken)
    for contact in ("la première", "camille"):
        identifiers.ask(contact=contact)

    # Answered or failed.
    assert work() == 2
    assert len(mailoutbox) == 1
    assert "no room left" in caplog.text
    # It is kept, for an agent to try it again.
    assert ForgottenRequest.objects.get().contact == "la première"
    assert tasks.failed().count() == 1
