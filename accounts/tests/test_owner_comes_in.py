"""security.md F12: while somebody tries passwords, the owner of the account has a way in, and so have those
who share an address with whoever tries."""

import datetime as dt
import re
from contextlib import suppress

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from accounts import identifiers, links, services
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user
from accounts.throttle_policies import DEVICE, LOGIN
from core import codes, throttle
from core.throttle import TooManyAttempts

pytestmark = pytest.mark.django_db
PAGE = "/accueil/reconnaitre-cet-appareil/"
SCHOOL, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    class Clock:
        now = timezone.now()

    stopped = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: stopped.now)
    return stopped


@pytest.fixture
def try_out(rf):
    """`try_out(door, account, address)`: what the page counts before it looks at anything."""

    def attempt(door, account, address):
        with suppress(TooManyAttempts):
            throttle.count(door, rf.get("/", REMOTE_ADDR=address), account=account)

    return attempt


@pytest.fixture
def attack(clock, try_out):
    """`attack(seconds)`: somebody tries passwords, two of them a second, each from another address."""
    tried = iter(range(10**6))

    def go_on(seconds, account="camille"):
        for _ in range(2 * seconds):
            number = next(tried)
            try_out(LOGIN, account, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
            clock.now += dt.timedelta(seconds=0.5)

    return go_on


def log_in(browser, username="camille", password=PASSWORD, address=ELSEWHERE):
    return browser.post("/accueil/", {"username": username, "password": password}, REMOTE_ADDR=address)


def code_by_mail(mailoutbox, username="camille"):
    Client().post("/accueil/identifiants-oublies/", {"contact": username})
    identifiers.compose()
    return re.search(r"Code pour un nouvel appareil\s*: (\S+)", mailoutbox[-1].body)[1]


def open_device(browser, code, username="camille", address=ELSEWHERE):
    return browser.post(PAGE, {"username": username, "code": code}, REMOTE_ADDR=address)


def test_the_owner_comes_in_with_a_code_while_the_attack_goes_on(client, attack, mailoutbox):
    make_user("camille")
    attack(60)
    refused = log_in(client)
    assert refused.status_code == 429
    assert PAGE in refused.text
    code = code_by_mail(mailoutbox)
    attack(30)
    assert log_in(client).status_code == 429

    assert open_device(client, code).url == "/accueil/"
    attack(30)
    assert log_in(client).status_code == 302


def test_a_classmate_comes_in_while_the_address_of_the_school_is_used_up(client, clock, mailoutbox, try_out):
    make_user("garance")
    for number in range(400):
        try_out(LOGIN, f"compte{number}", SCHOOL)
        clock.now += dt.timedelta(seconds=1 / 3)
    assert log_in(client, "garance", address=SCHOOL).status_code == 429
    code = code_by_mail(mailoutbox, "garance")

    assert open_device(client, code, "garance", SCHOOL).status_code == 302
    assert log_in(client, "garance", address=SCHOOL).status_code == 302


def test_codes_tried_on_that_page_by_others_keep_nobody_out(client, mailoutbox, try_out):
    make_user("camille")
    make_user("garance")
    code = code_by_mail(mailoutbox, "garance")
    for number in range(400):
        try_out(DEVICE, f"compte{number}", SCHOOL)
    for number in range(40):
        try_out(DEVICE, "garance", f"203.0.113.{number}")

    assert open_device(client, code, "garance", SCHOOL).status_code == 302


def test_with_the_code_of_a_letter(client, attack):
    """An agent made one for somebody without an address; the password of today goes on."""
    [user] = services.new_access_codes(user_ids=[make_user("camille", email="").pk])
    attack(60)
    assert log_in(client).status_code == 429

    assert open_device(client, links.access_code(user, Channel.HAND)).status_code == 302
    assert log_in(client).status_code == 302


def test_the_code_opens_no_account_by_itself(client, mailoutbox):
    make_user("camille")
    open_device(client, code_by_mail(mailoutbox))

    assert client.get("/mon-compte/").status_code == 302
    assert log_in(client, password="faux").status_code == 200


def test_who_guesses_on_a_device_that_is_known_waits(client, mailoutbox):
    make_user("camille")
    open_device(client, code_by_mail(mailoutbox))

    assert [log_in(client, password="faux").status_code for _ in range(6)] == [200] * 5 + [429]


class TestTheCode:
    def test_until_the_evening_of_the_next_day(self, clock, mailoutbox):
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
    def test_what_ends_it(self, client, mailoutbox, since):
        make_user("camille")
        code = code_by_mail(mailoutbox)
        User.objects.update(**since)

        assert open_device(client, code).status_code == 200

    def test_it_is_of_one_account(self, client, mailoutbox):
        make_user("camille")
        make_user("garance")

        assert open_device(client, code_by_mail(mailoutbox), "garance").status_code == 200

    def test_after_the_secret_was_changed(self, client, mailoutbox, settings):
        make_user("camille")
        code, former = code_by_mail(mailoutbox), settings.SECRET_KEY
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[former]):
            assert open_device(client, code).status_code == 302
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
            assert open_device(Client(), code).status_code == 200

    def test_it_is_not_guessed_for_ever_from_one_place(self, client):
        make_user("camille")
        wrong = codes.complete("A" * codes.LENGTH)
        statuses = [open_device(client, wrong).status_code for _ in range(DEVICE.own.free + 1)]

        assert statuses == [200] * DEVICE.own.free + [429]

    def test_nothing_tells_whether_the_account_exists(self, client):
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
    identifiers.compose()

    assert "nouvel appareil" not in mailoutbox[0].body
    assert PAGE not in mailoutbox[0].body
