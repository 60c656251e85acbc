"""Whose session ends when, and what the page knows of it."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user

from .visits import ENDED, MINUTE, log_in

pytestmark = pytest.mark.django_db


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


def test_staff_are_not_spared(client, clock, enter):
    enter(make_user("agent", is_staff=True))
    assert client.get("/mon-compte/").status_code == 200
    clock.wait(60)

    assert client.get("/mon-compte/").status_code == 302


def test_the_limit_is_a_setting(connected, clock, monkeypatch):
    monkeypatch.setattr(settings, "SESSION_IDLE", 10 * MINUTE)
    clock.wait(10)

    assert connected.get("/mon-compte/").status_code == 302
