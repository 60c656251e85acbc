"""A file that kills workers is not given to a third one."""

import datetime as dt

import pytest
from django.utils import timezone

from backoffice.imports import worker
from backoffice.imports.spreadsheets import reading
from backoffice.models import Import, Stage

from .importing import make_import, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.RUNNING])
def test_a_file_that_killed_two_workers_is_not_given_to_a_third(stage):
    """code.md 3.21, admin.md 47: it was first again for ever, and every import waited behind it."""
    long_ago = timezone.now() - dt.timedelta(hours=1)
    killer = make_import(b"boom", stage=stage, attempts=2, seen_at=long_ago)
    patient = make_import()
    work()

    killer.refresh_from_db()
    patient.refresh_from_db()
    assert (killer.stage, killer.report["told"], bytes(killer.content)) == (
        Stage.REFUSED,
        worker.KILLED,
        b"",
    )
    assert patient.stage == Stage.READY


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CONFIRMED])
def test_each_death_is_counted(monkeypatch, stage):
    """code.md 3.21: killed amid the work, nobody writes anything more."""
    job = make_import(stage=stage)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(worker, "importer_of", die)
    with pytest.raises(KeyboardInterrupt):
        work()
    job.refresh_from_db()
    assert job.attempts == 1

    assert work() == 0, "its worker may be alive"
    Import.objects.update(seen_at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(KeyboardInterrupt):
        work()
    Import.objects.update(seen_at=timezone.now() - dt.timedelta(hours=1))
    work()
    job.refresh_from_db()
    assert job.stage == Stage.REFUSED


def test_a_long_reading_ends_before_its_worker_counts_as_dead():
    assert worker.LEASE.total_seconds() > reading.LONGEST_READING
