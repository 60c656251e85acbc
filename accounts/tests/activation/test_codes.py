"""Which codes open no account, all told alike."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import recovery
from accounts.models import User
from accounts.tests.factories import make_user
from accounts.throttle_policies import ACTIVATION
from core import codes

from .arrival import PAGE, SECRET, WRONG, letter_of, mailed_to, make_new, opens, renew, send

pytestmark = pytest.mark.django_db


def older_letter():
    code = letter_of(user := make_new())
    renew(user)
    return code


def used_letter():
    code = letter_of(user := make_new())
    user.set_password(SECRET)
    user.save()
    return code


def closed():
    code = letter_of(user := make_new())
    recovery.close_account(user_id=user.pk, actor=make_user())
    return code


def closed_and_reopened():
    code = closed()
    recovery.reopen_account(user_id=User.objects.get(username="camille").pk)
    return code


def left_for_another_address():
    code = mailed_to(user := make_new())
    User.objects.filter(pk=user.pk).update(email="autre@famille.example")
    return code


def for_a_letter_never_made():
    return letter_of(make_user("camille", password=None))


ATTACKS = {
    "a code of somebody else": lambda: make_new() and letter_of(make_new("dominique")),
    "made up": lambda: make_new() and codes.complete("7K4PX2WA9MTB"),
    "an older letter": older_letter,
    "used": used_letter,
    "a closed account": closed,
    "closed, then open again": closed_and_reopened,
    "an agent's letter": lambda: letter_of(make_new(is_staff=True)),
    "mailed to an address that was left": left_for_another_address,
    "never made": for_a_letter_never_made,
    "nobody": lambda: codes.complete("7K4PX2WA9MTB"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_opens_nothing_is_told_alike(client, attack):
    code = ATTACKS[attack]()
    response = send(client, "camille", code)

    assert response.status_code == 200
    assert WRONG in response.text
    assert not opens("camille", code)
    assert "Ce lien ne fonctionne plus" in client.get(f"{PAGE}camille/{code}/").text


def test_an_account_that_is_there_and_one_that_is_not_are_alike():
    """The same texts, statuses and queries, from the first attempt to the refused ones."""
    make_new("camille")
    make_user("fermee", is_active=False)

    def seen(username):
        for _ in range(ACTIVATION.own.free + 2):
            with CaptureQueriesContext(connection) as queries:
                response = send(Client(), username, "0" * 13, REMOTE_ADDR=f"2001:db8:{len(username)}::1")
            text = response.text.replace(username, "X").partition("csrfmiddlewaretoken")[0]
            yield response.status_code, text, len(queries)

    known = list(seen("camille"))
    assert [status for status, *_ in known] == [200] * ACTIVATION.own.free + [429] * 2
    assert list(seen("personne")) == known
    assert list(seen("fermee")) == known
