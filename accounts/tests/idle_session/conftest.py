import time

import pytest

from accounts.tests.factories import make_user

from .visits import MINUTE, log_in


@pytest.fixture
def clock(monkeypatch):
    """`clock.wait(minutes)` lets time pass."""

    class Clock:
        now = time.time()

        def wait(self, minutes):
            self.now += minutes * MINUTE

    stopped = Clock()
    monkeypatch.setattr("time.time", lambda: stopped.now)
    return stopped


@pytest.fixture
def connected(client, clock):
    """Somebody who has just connected, without « Restez connecté »."""
    make_user("camille")
    log_in(client)
    return client
