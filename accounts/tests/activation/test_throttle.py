"""Who tries codes again and again has to wait."""

import pytest
from django.test import Client

from accounts import links
from accounts.links import Channel
from accounts.throttle_policies import ACTIVATION
from core import codes

from .arrival import letter_of, make_new, send

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def try_often(client, times, code="0" * 13):
    return [send(client, "camille", code).status_code for _ in range(times)]


def test_who_tries_again_and_again_has_to_wait(client):
    free = ACTIVATION.own.free
    user = make_new()

    assert try_often(client, free) == [200] * free
    refused = send(client, "camille", letter_of(user))
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "5"
    assert "Trop d’essais. Attendez 5\N{NO-BREAK SPACE}secondes" in refused.text
    link = client.get(links.access_path(user, Channel.HAND))
    assert link.status_code == 429
    assert "Location" not in link.headers


def test_and_nobody_else_has(client):
    user = make_new()
    try_often(client, ACTIVATION.own.free + 1)
    elsewhere = send(Client(), "camille", letter_of(user), REMOTE_ADDR="203.0.113.9")

    assert elsewhere.status_code == 302


def test_a_slip_of_the_finger_is_no_attempt(client):
    user = make_new()
    mistyped = codes.show_code(letter_of(user))[:-1] + ("0" if letter_of(user)[-1] != "0" else "1")

    assert try_often(client, 50, mistyped) == [200] * 50
    assert send(client, "camille", letter_of(user)).status_code == 302


def test_a_whole_class_behind_one_address():
    for number in range(30):
        pupil, browser = make_new(f"eleve{number}"), Client()
        assert [send(browser, pupil.username, "0" * 13).status_code for _ in range(4)] == [200] * 4
        assert send(browser, pupil.username, letter_of(pupil)).status_code == 302
