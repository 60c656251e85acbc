"""Who tries passwords has to wait, on the page of families and on that of agents."""

import pytest
from django.test import Client

from accounts.tests.factories import PASSWORD, make_user
from core.throttle_policy import SECOND

from .places import HOME, SCHOOL, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


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
