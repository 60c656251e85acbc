"""Another e-mail address: the link goes to the new one, and works once."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from accounts import email_change
from accounts.models import User
from accounts.tests.factories import make_user

from .links import NEW, OLD, address_of, ask, confirmation, link_to

pytestmark = pytest.mark.django_db


def test_nothing_changes_before_the_new_address_has_answered(client, user, mailoutbox):
    ask(client)

    assert [message.to for message in mailoutbox] == [[NEW], [OLD]]
    assert NEW not in mailoutbox[1].body
    assert address_of(user) == OLD


def test_the_button_behind_the_link_does_it_and_tells_the_old_address(client, user, mailoutbox):
    ask(client)
    link = link_to(mailoutbox[0])
    assert NEW in client.get(link).text
    # A mail server that looks at links has changed nothing.
    assert address_of(user) == OLD

    client.post(link)
    changed = User.objects.get(pk=user.pk)
    assert changed.email == NEW
    assert changed.email_confirmed_at
    assert mailoutbox[2].to == [OLD]
    assert NEW not in mailoutbox[2].body


@pytest.mark.usefixtures("user")
def test_it_works_on_a_device_where_nobody_is_connected(client, user, mailoutbox):
    ask(client)
    response = Client().post(link_to(mailoutbox[0]))

    assert response.status_code == 302
    assert address_of(user) == NEW


def test_twice(client, user, mailoutbox):
    ask(client)
    link = link_to(mailoutbox[0])
    client.post(link)
    ask(client, "encore@famille.example")
    client.post(confirmation(mailoutbox))

    response = client.post(link)
    assert response.status_code == 404
    assert "Ce lien ne fonctionne plus" in response.text
    assert address_of(user) == "encore@famille.example"


def test_too_late(client, user, mailoutbox, settings):
    ask(client)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert client.post(link_to(mailoutbox[0])).status_code == 404
    assert address_of(user) == OLD


def test_of_an_account_closed_since(client, user, mailoutbox):
    ask(client)
    User.objects.update(is_active=False)

    assert client.get(link_to(mailoutbox[0])).status_code == 404


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        pytest.param(True, 1, id="the lock makes the second one find it done"),
        # The control. On SQLite whoever writes is alone from the beginning.
        pytest.param(False, 2 if connection.vendor == "postgresql" else 1, id="without it both do it"),
    ],
)
def test_a_link_pressed_twice_at_once(at_once, monkeypatch, mailoutbox, locked, told):
    user = make_user("camille", email=OLD)
    token = email_change.confirm_path(email_change.ask(user_id=user.pk, address=NEW)).split("/")[-2]
    meeting, read = threading.Barrier(2), email_change.to_confirm
    asked: dict[int, int] = {}

    def to_confirm(said):
        """Both have read it before either goes on, as far as nothing keeps them apart."""
        change = read(said)
        me = threading.get_ident()
        asked[me] = asked.get(me, 0) + 1
        if asked[me] == 2:
            with suppress(threading.BrokenBarrierError):
                meeting.wait(timeout=1)
        return change

    monkeypatch.setattr(email_change, "to_confirm", to_confirm)
    if not locked:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
    outcomes = at_once(*[lambda: email_change.confirm(token=token)] * 2)

    assert outcomes == ["LinkOutOfUse"] * (2 - told) + ["done"] * told
    assert address_of(user) == NEW
    assert len([message for message in mailoutbox if "a changé" in message.subject]) == told
