"""An attempt that was right counts nowhere."""

import pytest

from core.models import Attempts
from core.throttle_policy import SECOND
from tickets.throttle_policies import CODE

from .places import accepted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_success_wipes_the_failures_before_it(attempt):
    for _ in range(4):
        attempt()
    attempt().forgive()

    assert all(accepted(attempt()) for _ in range(5))


def test_a_success_does_not_count_for_the_network(attempt):
    for number in range(400):
        attempt(account=f"compte{number}").forgive()

    assert accepted(attempt(account="camille"))


def test_but_it_wipes_no_failure_of_others(attempt):
    for number in range(299):
        attempt(account=f"compte{number}")
    attempt(account="mine").forgive()

    assert accepted(attempt(account="last"))
    assert not accepted(attempt(account="one too many"))


def test_my_own_code_does_not_buy_me_guesses(attempt):
    for _ in range(19):
        attempt(CODE)
    attempt(CODE).forgive()

    assert accepted(attempt(CODE))
    assert not accepted(attempt(CODE))


def test_two_successes_that_overlap(attempt, clock):
    first = attempt(account="camille")
    clock.wait(SECOND)
    second = attempt(account="dominique")
    first.forgive()
    second.forgive()

    assert not Attempts.objects.filter(forgotten_at__gt=clock.now).exists()
