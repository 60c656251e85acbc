"""A database that is away, or a fault of ours, leaves nothing half done."""

import pytest
from django.db import InternalError, OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from psycopg.errors import ReadOnlySqlTransaction

from backoffice.imports import worker
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.models import Stage
from partners.models import Partner

from .importing import make_import, work

pytestmark = pytest.mark.django_db


def _on_a_replica():
    trouble = InternalError("cannot execute INSERT in a read-only transaction")
    trouble.__cause__ = ReadOnlySqlTransaction()
    return trouble


@pytest.mark.parametrize("trouble", [OperationalError("lock timeout"), _on_a_replica()])
def test_a_database_that_is_busy_leaves_it_for_later(monkeypatch, trouble):
    job = make_import(stage=Stage.CONFIRMED)
    monkeypatch.setattr(DirectoryImporter, "apply", _raise(trouble))
    work()

    job.refresh_from_db()
    assert job.stage == Stage.CONFIRMED
    assert work() == 0, "it waits"
    DBTaskResult.objects.update(run_after=timezone.now())
    monkeypatch.undo()
    work()
    job.refresh_from_db()
    assert job.stage == Stage.DONE


def test_a_fault_of_ours_stops_it_says_so_and_writes_nothing(monkeypatch, caplog):
    job = make_import(stage=Stage.CONFIRMED)
    monkeypatch.setattr("accounts.audit.record", _raise(RuntimeError("boom")))
    work()

    job.refresh_from_db()
    assert (job.stage, job.report["told"]) == (Stage.REFUSED, worker.BROKEN)
    assert "was stopped" in caplog.text
    assert not Partner.objects.exists()


def _raise(trouble):
    def fail(*args, **kwargs):
        raise trouble

    return fail
