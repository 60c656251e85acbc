"""Which codes open an account, and until when."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import links, recovery
from accounts.links import Channel
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


def test_until_the_evening_of_the_day_that_is_written(monkeypatch):
    user = make_new()
    last = links.last_day(user)
    assert last == timezone.localdate() + dt.timedelta(days=60)

    def at(day, hour):
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, 59)))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    at(last, 23)
    assert opens("camille", letter_of(user))
    at(last + dt.timedelta(days=1), 0)
    assert not opens("camille", letter_of(user))


def test_an_agent_comes_in_by_e_mail():
    """Never by a letter: whoever comes in first prepares the second factor too."""
    agent = make_new(is_staff=True)

    assert opens("camille", mailed_to(agent))


def test_a_letter_from_before_somebody_became_an_agent(client):
    user = make_new()
    User.objects.update(is_staff=True)

    assert not opens("camille", letter_of(user))


def test_who_is_on_the_way_when_the_account_is_closed(client):
    user = make_new()
    form = client.get(links.access_path(user, Channel.HAND), follow=True).request["PATH_INFO"]
    recovery.close_account(user_id=user.pk, actor=make_user())
    page = client.post(form, {"new_password1": SECRET, "new_password2": SECRET})

    assert page.context["validlink"] is False
    assert not User.objects.get(username="camille").has_usable_password()


def test_neither_codes_nor_links_are_guessed_from_one_another():
    user = make_new()
    made = [letter_of(user), mailed_to(user), letter_of(renew(user)), letter_of(make_new("dominique"))]

    assert len(set(made)) == 4
