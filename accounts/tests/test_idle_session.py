"""A session that nobody uses ends, after a warning, and can be prolonged."""

import re
import time

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

MINUTE = 60
ENDED = "la connexion s’est fermée"


@pytest.fixture
def clock(monkeypatch):
    """`clock.wait(minutes)` lets time pass."""

    class Clock:
        now = time.time()

        def wait(self, minutes):
            self.now += minutes * MINUTE

    stopped = Clock()
    monkeypatch.setattr("time.time", lambda: stopped.now)
    return stopped


@pytest.fixture
def connected(client, clock):
    """Somebody who has just connected, without « Restez connecté »."""
    make_user("camille")
    log_in(client)
    return client


def log_in(client, **fields):
    client.post("/accueil/", {"username": "camille", "password": PASSWORD, **fields})
    assert client.get("/mon-compte/").status_code == 200


def is_connected(client):
    return "_auth_user_id" in client.session


def test_after_an_hour_it_ends_and_leads_back(connected, clock):
    clock.wait(60)
    response = connected.get("/mon-compte/?a=b", follow=True)

    assert response.redirect_chain == [("/accueil/?next=/mon-compte/%3Fa%3Db", 302)]
    assert ENDED in response.text
    assert "n’a pas été enregistré" not in response.text
    assert not is_connected(connected)


def test_before_that_it_does_not(connected, clock):
    clock.wait(59.9)

    assert connected.get("/mon-compte/").status_code == 200


def test_every_visit_counts(connected, clock):
    for _ in range(5):
        clock.wait(50)
        assert connected.get("/mon-compte/").status_code == 200


def test_what_was_sent_too_late_is_not_done_and_it_is_said(connected, clock):
    clock.wait(60)
    response = connected.post("/mon-compte/mot-de-passe/", {"old_password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/accueil/?next=/mon-compte/mot-de-passe/", 302)]
    assert "n’a pas été enregistré" in response.text


def test_without_any_session_it_is_said_too(client):
    """The browser forgot it, or another tab logged out."""
    response = client.post("/mon-compte/mot-de-passe/", {"old_password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/accueil/?next=/mon-compte/mot-de-passe/", 302)]
    assert "n’a pas été enregistré" in response.text
    assert "n’a pas été enregistré" not in client.get("/mon-compte/", follow=True).text


def test_an_open_page_is_shown_all_the_same(connected, clock):
    clock.wait(60)
    response = connected.get("/aide/")

    assert response.status_code == 200
    assert ENDED in response.text
    assert not is_connected(connected)


def test_restez_connecte_outlasts_it(client, clock):
    make_user("camille")
    log_in(client, remember="on")
    clock.wait(24 * 60)
    response = client.get("/mon-compte/")

    assert response.status_code == 200
    assert "data-left" not in response.text


def test_who_is_not_connected_is_told_nothing(client, clock):
    client.get("/aide/")
    clock.wait(60)

    assert ENDED not in client.get("/aide/").text


def test_not_every_visit_writes(connected, clock):
    def writes():
        with CaptureQueriesContext(connection) as queries:
            connected.get("/mon-compte/")
        return sum(query["sql"].startswith("UPDATE") for query in queries)

    clock.wait(4)
    assert writes() == 0
    clock.wait(1)
    assert writes() == 1
    assert writes() == 0


def test_the_page_knows_exactly_when(connected, clock):
    clock.wait(4)
    page = connected.get("/mon-compte/").text

    assert re.search(r'data-left="(\d+)" data-limit="(\d+)"', page).groups() == ("3360", "3600")
    clock.wait(3360 / MINUTE)
    assert ENDED in connected.get("/aide/").text


class TestStaying:
    def test_the_script_gets_no_content(self, connected, clock):
        clock.wait(59)
        assert connected.post("/session/prolonger/").status_code == 204
        clock.wait(59)
        assert connected.get("/mon-compte/").status_code == 200

    @pytest.mark.parametrize(
        ("wanted", "leads_to"),
        [
            ("/aide/?a=b", "/aide/?a=b"),
            ("https://ailleurs.example/", "/"),
            ("//ailleurs.example", "/"),
            ("", "/"),
        ],
    )
    def test_the_plain_form_leads_back_and_never_elsewhere(self, connected, clock, wanted, leads_to):
        clock.wait(59)
        response = connected.post("/session/prolonger/", {"next": wanted})

        assert response.headers["Location"] == leads_to
        clock.wait(59)
        assert connected.get("/mon-compte/").status_code == 200

    def test_the_address_typed_by_hand(self, connected):
        assert connected.get("/session/prolonger/").headers["Location"] == "/"

    def test_too_late(self, connected, clock):
        clock.wait(60)

        assert connected.post("/session/prolonger/").headers["Location"].startswith("/accueil/?next=")

    def test_it_takes_a_token(self, connected, clock):
        connected.handler.enforce_csrf_checks = True

        assert connected.post("/session/prolonger/").status_code == 403


def test_staff_are_not_spared(client, clock, enter):
    enter(make_user("agent", is_staff=True))
    assert client.get("/mon-compte/").status_code == 200
    clock.wait(60)

    assert client.get("/mon-compte/").status_code == 302


def test_the_limit_is_a_setting(connected, clock, monkeypatch):
    monkeypatch.setattr(settings, "SESSION_IDLE", 10 * MINUTE)
    clock.wait(10)

    assert connected.get("/mon-compte/").status_code == 302


class TestHowLongAtMost:
    """Somebody who never stops; or who has a cookie that is not theirs, and keeps it warm."""

    def stay(self, client, clock, *, hours, every=30):
        for _ in range(int(hours * 60 / every)):
            clock.wait(every)
            client.get("/mon-compte/")

    def test_a_day_however_busy(self, connected, clock):
        self.stay(connected, clock, hours=23.5)
        assert is_connected(connected)
        clock.wait(35)
        response = connected.get("/mon-compte/", follow=True)

        assert "ne dure jamais plus longtemps" in response.text
        assert not is_connected(connected)

    def test_a_remembered_one_thirty_days_and_no_visit_prolongs_it(self, client, clock):
        make_user("camille")
        log_in(client, remember="on")
        self.stay(client, clock, hours=29 * 24, every=24 * 60)
        assert is_connected(client)
        clock.wait(25 * 60)

        assert client.get("/mon-compte/").status_code == 302

    def test_who_comes_in_again_begins_again(self, connected, clock):
        self.stay(connected, clock, hours=25)
        log_in(connected)
        self.stay(connected, clock, hours=23)

        assert is_connected(connected)
