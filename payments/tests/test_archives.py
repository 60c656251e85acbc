"""Batches are listed for the archives ten years after the end of their year; nothing deletes them."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.tests.factories import make_agent
from payments import archives
from payments.models import Batch, BatchState

pytestmark = pytest.mark.django_db


def make_old(cut_off: dt.date) -> Batch:
    agent, now = make_agent(), timezone.now()
    gone = {"state": BatchState.DROPPED, "dropped_by": agent, "dropped_at": now}
    return Batch.objects.create(cut_off=cut_off, prepared_by=agent, **gone)


def test_ten_years_after_the_end_of_their_year(capsys):
    first = dt.date(timezone.localdate().year - archives.YEARS, 1, 1)
    old, _ = make_old(first - dt.timedelta(days=1)), make_old(first)
    assert list(archives.due(timezone.now())) == [old]

    call_command("purge")
    assert "visa des archives : 1." in capsys.readouterr().out
    assert Batch.objects.count() == 2
