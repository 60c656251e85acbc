import pytest
from django.utils import timezone

from accounts.throttle_policies import LOGIN
from core import throttle
from core.throttle import TooManyAttempts

from .places import HOME


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """`clock.wait(delay)` lets time pass; nothing else does."""

    class Clock:
        now = timezone.now()

        def wait(self, delay):
            self.now += delay

    stopped = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: stopped.now)
    return stopped


@pytest.fixture
def attempt(rf):
    """`attempt(policy, account, address)`: somebody tries. What was counted, or how many seconds to wait."""

    def once(policy=LOGIN, account="camille", address=HOME):
        try:
            return throttle.count(policy, rf.get("/", REMOTE_ADDR=address), account=account)
        except TooManyAttempts as refusal:
            return refusal.retry_after

    return once
