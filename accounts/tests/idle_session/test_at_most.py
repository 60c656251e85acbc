"""Somebody who never stops; or who has a cookie that is not theirs, and keeps it warm."""

import pytest

from accounts.tests.factories import make_user

from .visits import is_connected, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def stay(client, clock, *, hours, every=30):
    for _ in range(int(hours * 60 / every)):
        clock.wait(every)
        client.get("/mon-compte/")


def test_a_day_however_busy(connected, clock):
    stay(connected, clock, hours=23.5)
    assert is_connected(connected)
    clock.wait(35)
    response = connected.get("/mon-compte/", follow=True)

    assert "ne dure jamais plus longtemps" in response.text
    assert not is_connected(connected)


def test_a_remembered_one_thirty_days_and_no_visit_prolongs_it(client, clock):
    make_user("camille")
    log_in(client, remember="on")
    stay(client, clock, hours=29 * 24, every=24 * 60)
    assert is_connected(client)
    clock.wait(25 * 60)

    assert client.get("/mon-compte/").status_code == 302


def test_who_comes_in_again_begins_again(connected, clock):
    stay(connected, clock, hours=25)
    log_in(connected)
    stay(connected, clock, hours=23)

    assert is_connected(connected)
