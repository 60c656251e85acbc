"""Who tries again and again has to wait, longer and longer, and never for good."""

import datetime as dt

import pytest

from accounts.throttle_policies import LOGIN
from core.throttle_policy import MINUTE, SECOND

from .places import accepted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_the_first_ones_are_free_then_each_waits_twice_as_long(attempt, clock):
    waits = []
    for _ in range(14):
        if accepted(refused := attempt()):
            waits.append(0)
            continue
        waits.append(refused)
        clock.wait(refused * SECOND)
        assert accepted(attempt())

    assert waits[:12] == [0, 0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640]
    assert max(waits) <= LOGIN.own.longest / SECOND


def test_five_then_ten_seconds(attempt, clock):
    assert all(accepted(attempt()) for _ in range(5))
    assert attempt() == 10
    clock.wait(9 * SECOND)
    assert attempt() == 1
    clock.wait(SECOND)
    assert accepted(attempt())
    assert attempt() == 20


def test_hammering_prolongs_nothing(attempt, clock):
    for _ in range(100):
        attempt()
    clock.wait(10 * SECOND)

    assert accepted(attempt())


def test_it_is_never_for_good(attempt, clock):
    for _ in range(300):
        attempt()
        clock.wait(MINUTE)
    clock.wait(LOGIN.own.longest)

    assert accepted(attempt())


def test_it_is_forgotten_by_itself(attempt, clock):
    for _ in range(5):
        attempt()
    clock.wait(5 * LOGIN.own.memory)

    assert all(accepted(attempt()) for _ in range(5))
    assert attempt() == 10


def test_one_is_forgotten_after_the_other(attempt, clock):
    for _ in range(5):
        attempt()
    clock.wait(2 * LOGIN.own.memory)

    assert [accepted(attempt()) for _ in range(3)] == [True, True, False]


def test_who_never_stops_ends_up_at_the_pace_of_forgetting(attempt, clock):
    guesses, tomorrow = 0, clock.now + dt.timedelta(days=1)
    while clock.now < tomorrow:
        if accepted(refused := attempt()):
            guesses += 1
        else:
            clock.wait(refused * SECOND)

    assert 96 <= guesses <= 110
