"""What counts together: an account from one place, an account in all, a network in all."""

import datetime as dt

import pytest

from accounts.throttle_policies import FORGOTTEN, LOGIN
from core.models import Attempts
from core.throttle_policy import MINUTE
from tickets.throttle_policies import CODE

from .places import ELSEWHERE, HOME, accepted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_what_happens_elsewhere_does_not_keep_me_out(attempt):
    for _ in range(20):
        attempt(address=ELSEWHERE)

    assert accepted(attempt(address=HOME))


def test_what_is_tried_on_others_does_not_keep_me_out(attempt):
    for _ in range(20):
        attempt(account="dominique")

    assert accepted(attempt(account="camille"))


def test_many_places_against_one_account_wait_a_minute_at_most(attempt, clock):
    places = [attempt(address=f"203.0.113.{number}") for number in range(30)]
    assert all(map(accepted, places))
    assert attempt(address=HOME) == 5
    for number in range(30, 90):
        clock.wait(MINUTE)
        assert accepted(attempt(address=f"203.0.113.{number}"))
    clock.wait(MINUTE)
    assert accepted(attempt(address=HOME))


def test_one_place_against_many_accounts(attempt):
    tried = [attempt(account=f"compte{number}") for number in range(301)]

    assert all(map(accepted, tried[:300]))
    assert tried[300] == 1


def test_a_refused_attempt_is_counted_nowhere(attempt):
    for _ in range(5):
        attempt()
    before = list(Attempts.objects.order_by("pk").values())
    assert not accepted(attempt())

    assert list(Attempts.objects.order_by("pk").values()) == before


def test_policies_do_not_mix(attempt):
    for _ in range(10):
        attempt(LOGIN)

    assert accepted(attempt(CODE))
    assert accepted(attempt(FORGOTTEN))


@pytest.mark.parametrize("written", ["CAMILLE", " camille ", "Camille", "camılle", "camILLe"])
def test_an_account_written_otherwise_is_the_same(attempt, written):
    for _ in range(5):
        attempt(account="camille")

    assert not accepted(attempt(account=written))


def test_a_clock_that_is_late(attempt, clock):
    """That of another host; or of who looked at it, then waited for the row."""
    for _ in range(5):
        assert accepted(attempt())
        clock.wait(dt.timedelta(milliseconds=-100))

    assert attempt() == 11


def test_a_success_closes_no_late_clock_out(attempt, clock):
    attempt(account="camille").forgive()
    clock.wait(dt.timedelta(milliseconds=-100))

    assert accepted(attempt(account="dominique"))
