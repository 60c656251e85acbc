"""security.md F3: the owner is told when it is asked for, and has a way back."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from django.utils import timezone

from accounts import recovery
from accounts.email_change import REFUSED_WITHIN
from accounts.models import EmailChange, User
from accounts.tests.factories import PASSWORD, make_user

from .links import NEW, ask, link_to, newest, refusal, refuse

pytestmark = pytest.mark.django_db


def test_to_look_changes_nothing(client, user, mailoutbox):
    ask(client)
    Client().get(refusal(mailoutbox))

    assert client.get("/mon-compte/").status_code == 200
    assert newest(user).is_open


def test_before_it_is_done(client, user, mailoutbox):
    ask(client)
    response = refuse(refusal(mailoutbox))

    assert Client().get(link_to(mailoutbox[0])).status_code == 404
    assert client.get("/mon-compte/").status_code == 302
    assert authenticate(username="camille", password=PASSWORD) is None
    assert response.context["validlink"]
    assert "n’ouvre plus rien" in response.text


def test_it_works_once(client, user, mailoutbox):
    ask(client)
    refuse(refusal(mailoutbox))

    assert Client().post(refusal(mailoutbox)).status_code == 404


def test_it_is_no_link_to_confirm(client, user, mailoutbox):
    ask(client)
    token = refusal(mailoutbox).split("/")[-2]

    assert Client().post(f"/mon-compte/e-mail/{token}/").status_code == 404


def test_too_late(client, user, mailoutbox):
    ask(client)
    EmailChange.objects.update(asked_at=timezone.now() - REFUSED_WITHIN)

    assert Client().post(refusal(mailoutbox)).status_code == 404


def test_of_an_account_closed_since(client, user, mailoutbox):
    ask(client)
    recovery.close_account(user_id=user.pk, actor=make_user(is_staff=True))

    assert Client().post(refusal(mailoutbox)).status_code == 404


def test_an_account_without_an_address_has_nobody_to_tell(client, user, mailoutbox):
    User.objects.update(email="")
    ask(client)

    assert [message.to for message in mailoutbox] == [[NEW]]
