"""Another e-mail address: the link goes to the new one, and works once."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "ancienne@famille.example", "nouvelle@famille.example"


@pytest.fixture
def user(client):
    user = make_user("camille", email=OLD)
    client.force_login(user)
    return user


def ask(client, address=NEW, password=PASSWORD):
    return client.post("/mon-compte/e-mail/", {"email": address, "password": password})


def link_to(message):
    return re.search(r"https?://[^/]+(/mon-compte/e-mail/\S+)", message.body)[1]


def address_of(user):
    return User.objects.get(pk=user.pk).email


def test_nothing_changes_before_the_new_address_has_answered(client, user, mailoutbox):
    ask(client)

    assert [message.to for message in mailoutbox] == [[NEW]]
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
    assert mailoutbox[1].to == [OLD]
    assert NEW not in mailoutbox[1].body


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
    client.post(link_to(mailoutbox[-1]))

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


@pytest.mark.parametrize("spoil", [str.swapcase, str.title, str.upper])
def test_a_link_that_we_did_not_sign(client, user, mailoutbox, spoil):
    ask(client)
    *start, token, end = link_to(mailoutbox[0]).split("/")

    assert client.post("/".join([*start, spoil(token), end])).status_code == 404
    assert address_of(user) == OLD


@pytest.mark.parametrize("address", ["", "camille", "a@b", OLD, OLD.title()])
def test_what_is_no_new_address(client, user, mailoutbox, address):
    assert list(ask(client, address).context["form"].errors) == ["email"]
    assert mailoutbox == []


def test_the_address_of_somebody_else_is_answered_alike(client, user, mailoutbox):
    """Siblings share one; and nobody learns who has an account."""
    make_user(email="autre@famille.example")
    answers = [ask(client, address).headers["Location"] for address in ("autre@famille.example", NEW)]

    assert answers == ["/mon-compte/"] * 2


def test_who_found_an_open_telephone_needs_the_password(client, user, mailoutbox):
    response = ask(client, password="au hasard")

    assert list(response.context["form"].errors) == ["password"]
    assert mailoutbox == []


def test_the_password_is_not_guessed_for_ever(client, user, mailoutbox):
    answers = [ask(client, password="au hasard").status_code for _ in range(7)]

    assert answers[0] == 200
    assert answers[-1] == 429
    assert ask(client).status_code == 429
