"""What the links of another address tell, and to whom."""

import base64

import pytest
from django.test import Client
from django.utils import timezone

from accounts.tests.factories import make_user

from .links import NEW, OLD, address_of, ask, link_to, newest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spoil", [str.swapcase, str.title, str.upper])
def test_a_link_that_we_did_not_sign(client, user, mailoutbox, spoil):
    ask(client)
    *start, token, end = link_to(mailoutbox[0]).split("/")

    assert client.post("/".join([*start, spoil(token), end])).status_code == 404
    assert address_of(user) == OLD


@pytest.mark.usefixtures("user")
def test_neither_link_tells_who_it_is_about(client, user, mailoutbox):
    """security.md F20: base64 was read by whoever got the message by mistake."""
    ask(client)
    for message in mailoutbox:
        key, _, _ = link_to(message).split("/")[-2].partition(":")
        assert key == newest(user).key
        assert OLD.encode() not in base64.urlsafe_b64decode(key + "==")
    assert OLD not in mailoutbox[0].body


@pytest.mark.usefixtures("user")
def test_what_follows_does_not_learn_the_address_of_either(client, mailoutbox):
    ask(client)
    for message in mailoutbox:
        response = Client().get(link_to(message))
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("accounts_emailchange_one_is_open", {}),
        ("accounts_emailchange_key_is_unique", {"key": "same", "is_open": False}),
        ("accounts_emailchange_done_is_closed", {"done_at": timezone.now()}),
    ],
)
def test_what_the_database_holds(refused_by, name, fields):
    user = make_user()
    user.email_changes.create(new=NEW, is_open=name == "accounts_emailchange_one_is_open", key="same")
    with refused_by(name):
        user.email_changes.create(new=NEW, **fields)
