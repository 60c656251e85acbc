import datetime as dt
from contextlib import suppress

import pytest
from django.utils import timezone

from accounts.throttle_policies import LOGIN
from core import throttle
from core.throttle import TooManyAttempts


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    class Clock:
        now = timezone.now()

    stopped = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: stopped.now)
    return stopped


@pytest.fixture
def try_out(rf):
    """`try_out(door, account, address)`: what the page counts before it looks at anything."""

    def attempt(door, account, address):
        with suppress(TooManyAttempts):
            throttle.count(door, rf.get("/", REMOTE_ADDR=address), account=account)

    return attempt


@pytest.fixture
def attack(clock, try_out):
    """`attack(seconds)`: somebody tries passwords, two of them a second, each from another address."""
    tried = iter(range(10**6))

    def go_on(seconds, account="camille"):
        for _ in range(2 * seconds):
            number = next(tried)
            try_out(LOGIN, account, f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
            clock.now += dt.timedelta(seconds=0.5)

    return go_on
