"""Who tries passwords has to wait, on the page of families and on that of agents."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import PASSWORD, make_user
from core.throttle_policy import SECOND

from .places import HOME, SCHOOL, log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords have been hashed."""
    work = SimpleNamespace(count=0)
    encode = MD5PasswordHasher.encode

    def count(self, *args):
        work.count += 1
        return encode(self, *args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    return work


def test_the_page_stays_and_says_how_long(client):
    make_user("camille")
    for _ in range(5):
        assert log_in(client, password="faux").status_code == 200
    response = log_in(client)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "10"
    assert "Trop d’essais. Attendez 10\N{NO-BREAK SPACE}secondes, puis recommencez." in response.text
    assert "/accueil/identifiants-oublies/" in response.text
    assert "_auth_user_id" not in client.session


def test_after_the_wait_the_right_password_opens(client, clock):
    make_user("camille")
    for _ in range(6):
        log_in(client, password="faux")
    clock.wait(10 * SECOND)

    assert log_in(client).status_code == 302


def test_who_waits_costs_no_hash(client, hashed):
    make_user("camille")
    for _ in range(5):
        log_in(client, password="faux")
    before = hashed.count
    log_in(client)

    assert hashed.count == before


def test_a_known_account_and_an_unknown_one_are_alike(client, hashed):
    """The same texts, statuses, queries and hashes, from the first attempt to the refused ones."""
    make_user("camille")
    make_user("fermee", is_active=False)

    def seen(username):
        for _ in range(7):
            before = hashed.count
            with CaptureQueriesContext(connection) as queries:
                response = log_in(Client(), username, "faux", address=f"2001:db8:{len(username)}::1")
            text = response.text.replace(username, "X").partition("csrfmiddlewaretoken")[0]
            yield response.status_code, text, len(queries), hashed.count - before

    known = list(seen("camille"))
    assert [status for status, *_ in known] == [200] * 5 + [429] * 2
    assert list(seen("personne")) == known
    assert list(seen("fermee")) == known


def test_a_whole_class_behind_one_address():
    """Thirty pupils in one minute, each of whom mistypes four times."""
    for number in range(30):
        pupil, browser = make_user(f"eleve{number}"), Client()
        failures = [log_in(browser, pupil.username, "faux", SCHOOL).status_code for _ in range(4)]

        assert failures == [200] * 4
        assert log_in(browser, pupil.username, address=SCHOOL).status_code == 302


def test_the_administration_has_the_same_door(client):
    make_user("agent", is_staff=True)
    for _ in range(5):
        log_in(client, "agent", "faux")
    response = client.post("/admin/login/", {"username": "Agent", "password": PASSWORD}, REMOTE_ADDR=HOME)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "10"
    assert "Trop d’essais de suite" in response.text


@pytest.mark.parametrize("behind_proxy", [True, False])
def test_a_forged_header_gives_no_fresh_attempts(client, settings, behind_proxy):
    settings.SECURE_PROXY = behind_proxy
    statuses = [
        log_in(client, "camille", "faux", headers={"X-Forwarded-For": f"203.0.113.{number}{real}"})
        for number in range(6)
        for real in [f", {HOME}" if behind_proxy else ""]
    ]

    assert [response.status_code for response in statuses] == [200] * 5 + [429]
