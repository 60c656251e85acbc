"""security.md F18: each single failure closed the door of a whole network until the day had come."""

import datetime as dt

import pytest

from accounts import throttle_policies as accounts_policies
from accounts.throttle_policies import LOGIN
from core.models import Attempts
from core.throttle_policy import SECOND, ThrottlePolicy
from operations.violations import view as violations
from partners.views import suggestion
from privacy import views as privacy_views
from tickets import notices
from tickets import throttle_policies as tickets_policies

from .places import accepted

pytestmark = pytest.mark.django_db


def every_policy():
    rooms = (accounts_policies, tickets_policies, notices, suggestion, privacy_views, violations)
    return [value for room in rooms for value in vars(room).values() if isinstance(value, ThrottlePolicy)]


@pytest.mark.parametrize("tries", [1, 5, 12])
def test_a_day_later_it_is_right_again(attempt, clock, tries):
    clock.wait(dt.timedelta(days=1))
    for _ in range(tries):
        attempt()
    clock.wait(dt.timedelta(days=-1))

    assert all(accepted(attempt()) for _ in range(LOGIN.own.free - 1))
    assert accepted(attempt(account="dominique"))
    assert accepted(attempt(account="claude"))


def test_then_it_counts_as_ever(attempt, clock):
    clock.wait(dt.timedelta(days=1))
    attempt()
    clock.wait(dt.timedelta(days=-1))

    assert [accepted(attempt()) for _ in range(6)] == [True] * 5 + [False]


@pytest.mark.parametrize(
    "policy",
    every_policy(),
    ids=lambda policy: policy.name,
)
def test_nobody_who_only_never_stops_is_forgotten_by_it(attempt, clock, policy):
    """The control: what is remembered of them never lies as far ahead."""
    limits = [limit for limit in (policy.own, policy.account, policy.network) if limit]
    furthest = max(limit.remembered_at_most for limit in limits)
    for _ in range(60):
        if not accepted(wait := attempt(policy)):
            clock.wait(wait * SECOND)

    row = Attempts.objects.order_by("-forgotten_at").first()
    assert row.forgotten_at - clock.now <= furthest
