"""What the database remembers of an attempt."""

import datetime as dt

import pytest
from django.db.models import F
from django.utils import timezone

from core.models import Attempts
from core.throttle_policy import SECOND

from .places import HOME

pytestmark = pytest.mark.django_db


def test_nothing_in_it_is_clear(attempt):
    attempt()
    rows = list(Attempts.objects.values())

    assert len(rows) == 3
    for word in ("camille", HOME, "login"):
        assert word not in str(rows)


def test_another_secret_another_key(attempt, settings):
    attempt()
    settings.SECRET_KEY = "another"
    attempt()

    assert Attempts.objects.count() == 6


def test_what_is_forgotten_is_removed(attempt, clock):
    for number in range(6):
        attempt(account=f"compte{number}")
    clock.wait(dt.timedelta(days=1))
    attempt(account="camille")

    assert Attempts.objects.count() == 3


@pytest.mark.parametrize("key", ["192.0.2.1", "camille", ""])
def test_no_clear_key(refused_by, key):
    now = timezone.now()
    with refused_by("accounts_attempts_key_is_a_digest"):
        Attempts.objects.create(key=key, open_at=now, forgotten_at=now)


def test_no_wait_that_is_not_remembered(refused_by, attempt):
    attempt()
    with refused_by("accounts_attempts_wait_is_remembered"):
        Attempts.objects.update(open_at=F("forgotten_at") + SECOND)


def test_one_row_a_key(refused_by, attempt):
    attempt()
    with refused_by("accounts_attempts_pkey"):
        Attempts.objects.bulk_create([Attempts.objects.earliest("pk")])
