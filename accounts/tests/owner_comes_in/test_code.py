"""security.md F12: the code that lets a device be known."""

import datetime as dt
import re

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from accounts.throttle_policies import DEVICE
from core import codes
from core.tests.queue import work

from .coming import PAGE, code_by_mail, open_device

pytestmark = pytest.mark.django_db


def test_until_the_evening_of_the_next_day(clock, mailoutbox):
    make_user("camille")
    clock.now = dt.datetime(2026, 3, 28, 23, 0, tzinfo=timezone.get_current_timezone())
    code = code_by_mail(mailoutbox)
    clock.now += dt.timedelta(hours=24)
    assert open_device(Client(), code).status_code == 302
    clock.now += dt.timedelta(hours=2)

    assert open_device(Client(), code).status_code == 200


@pytest.mark.parametrize(
    "since",
    [
        {"session_salt": "new"},
        {"password": "new"},
        {"is_active": False},
        {"email": "new@famille.example"},
        {"last_login": dt.datetime(2030, 1, 1, tzinfo=dt.UTC)},
    ],
    ids=lambda since: next(iter(since)),
)
def test_what_ends_it(client, mailoutbox, since):
    make_user("camille")
    code = code_by_mail(mailoutbox)
    User.objects.update(**since)

    assert open_device(client, code).status_code == 200


def test_it_is_of_one_account(client, mailoutbox):
    make_user("camille")
    make_user("garance")

    assert open_device(client, code_by_mail(mailoutbox), "garance").status_code == 200


def test_after_the_secret_was_changed(client, mailoutbox, settings):
    make_user("camille")
    code, former = code_by_mail(mailoutbox), settings.SECRET_KEY
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[former]):
        assert open_device(client, code).status_code == 302
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
        assert open_device(Client(), code).status_code == 200


def test_it_is_not_guessed_for_ever_from_one_place(client):
    make_user("camille")
    wrong = codes.complete("A" * codes.LENGTH)
    statuses = [open_device(client, wrong).status_code for _ in range(DEVICE.own.free + 1)]

    assert statuses == [200] * DEVICE.own.free + [429]


def test_nothing_tells_whether_the_account_exists(client):
    make_user("camille")
    wrong = codes.complete("A" * codes.LENGTH)
    known, unknown = (open_device(Client(), wrong, name).text for name in ("camille", "dominik"))

    def plain(text, name):
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(name, "X")

    assert plain(known, "camille") == plain(unknown, "dominik")


def test_an_account_never_activated_is_sent_none(mailoutbox):
    """There is no password to type after it."""
    make_user("camille", password=None)
    Client().post("/accueil/identifiants-oublies/", {"contact": "camille"})
    work()

    assert "nouvel appareil" not in mailoutbox[0].body
    assert PAGE not in mailoutbox[0].body
