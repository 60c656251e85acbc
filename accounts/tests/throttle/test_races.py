"""Two who try at the same time are both counted."""

import pytest
from django.db import connection
from django.db.models import F

from accounts.throttle_policies import LOGIN
from core import throttle
from core.models import Attempts
from core.throttle import TooManyAttempts

from .places import HOME

pytestmark = pytest.mark.django_db


def read_then_write(counter, now):
    """`_note` as one would write it first."""
    row = Attempts.objects.get(key=counter.key)
    if row.open_at > now:
        raise TooManyAttempts(row.open_at - now)
    Attempts.objects.filter(key=row.key).update(
        open_at=counter.limit.opens_after(now), forgotten_at=F("forgotten_at") + counter.limit.memory
    )


@pytest.mark.parametrize(
    ("note", "outcomes"),
    [
        pytest.param(throttle._note, ["TooManyAttempts", "done"], id="the second one sees the first"),
        # The control. On SQLite the one who writes is alone from the beginning, so nobody can race.
        pytest.param(
            read_then_write,
            ["done", "done"] if connection.vendor == "postgresql" else ["TooManyAttempts", "done"],
            id="read, then write",
        ),
    ],
)
def test_two_at_once_for_the_last_free_attempt(at_once, meeting_before, monkeypatch, rf, note, outcomes):
    request = rf.get("/", REMOTE_ADDR=HOME)
    for _ in range(LOGIN.own.free - 1):
        throttle.count(LOGIN, request, account="camille")
    monkeypatch.setattr(throttle, "_note", note)
    meeting_before(type(Attempts.objects.all()), "update")

    def attempt():
        throttle.count(LOGIN, request, account="camille")

    # The fifth is free; the sixth waits, whichever it is.
    assert at_once(attempt, attempt) == outcomes


def test_many_at_once_are_all_counted(at_once, rf):
    request = rf.get("/", REMOTE_ADDR=HOME)

    def attempt():
        throttle.count(LOGIN, request, account="camille")

    outcomes = at_once(*[attempt] * 12)

    assert outcomes == ["TooManyAttempts"] * 7 + ["done"] * 5
