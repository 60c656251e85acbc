"""The worker does what waits, once, and nothing by halves."""

import datetime as dt
import threading

import pytest
from django.core.management import call_command
from django.db import InternalError, OperationalError, connection
from django.utils import timezone
from psycopg.errors import ReadOnlySqlTransaction

from accounts import audit
from accounts.audit import AuditEntry
from accounts.tests.factories import make_user
from backoffice.imports import worker
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.models import Import, Stage
from partners.models import Partner
from partners.tests.factories import make_commune

from .importing import make_import, work

pytestmark = pytest.mark.django_db


def test_the_command_works_once(capsys):
    make_import()
    call_command("run_imports")

    assert "Imports lus ou faits : 1." in capsys.readouterr().out


def test_a_preview_that_nobody_follows_up_is_forgotten():
    """One that went back to be read is young again; a second agent may be away for some days."""
    days_ago = timezone.now() - dt.timedelta(days=2)
    make_import(stage=Stage.READY, seen_at=days_ago)
    waiting = make_import(stage=Stage.READY, created_at=days_ago)
    proposed = make_import(stage=Stage.PROPOSED, seen_at=days_ago, proposed_by=make_user(is_staff=True))
    work()

    assert set(Import.objects.all()) == {waiting, proposed}


def test_what_the_worker_of_a_dead_machine_left_is_done_by_the_next_one():
    job = make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    assert work() == 1
    job.refresh_from_db()
    assert job.stage == Stage.DONE


def test_and_before_one_that_came_earlier_and_was_confirmed_later():
    earlier = make_import(stage=Stage.CONFIRMED)
    make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    assert work() == 2
    earlier.refresh_from_db()
    assert earlier.stage == Stage.DONE


def test_what_another_worker_does_is_left_to_it_and_the_next_one_waits():
    make_import(stage=Stage.RUNNING)
    make_import(stage=Stage.CONFIRMED)

    assert work() == 0


def test_a_worker_taken_for_dead_undoes_what_another_one_did_meanwhile(monkeypatch):
    job = make_import(stage=Stage.CONFIRMED)
    apply = DirectoryImporter.apply

    def slowly(importer, content, tell):
        Import.objects.filter(pk=job.pk).update(stage=Stage.DONE)
        return apply(importer, content, tell)

    monkeypatch.setattr(DirectoryImporter, "apply", slowly)
    work()

    assert not Partner.objects.exists()
    assert not AuditEntry.objects.exists()


def _on_a_replica():
    trouble = InternalError("cannot execute INSERT in a read-only transaction")
    trouble.__cause__ = ReadOnlySqlTransaction()
    return trouble


@pytest.mark.parametrize("trouble", [OperationalError("lock timeout"), _on_a_replica()])
def test_a_database_that_is_busy_leaves_it_for_later(monkeypatch, trouble):
    job = make_import(stage=Stage.CONFIRMED)
    monkeypatch.setattr(DirectoryImporter, "apply", _raise(trouble))
    with pytest.raises(type(trouble)):
        work()

    job.refresh_from_db()
    assert job.stage == Stage.CONFIRMED


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


def test_two_workers_at_once_do_it_once(at_once):
    make_commune("92002", "Antony")
    make_import(stage=Stage.CONFIRMED)

    assert at_once(work, work) == ["done", "done"]
    assert (Partner.objects.count(), AuditEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_progress_is_told_from_beside_the_transaction(monkeypatch):
    # SQLite has one writer at a time.
    told = [(0, 0)] if connection.vendor == "sqlite" else [(2, 3)]
    make_commune("92002", "Antony")
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 2)
    lines = "".join(f"\nCLUB {number};Antony;Judo" for number in range(3))
    job = make_import(f"Nom;Commune;Activités Sport{lines}".encode(), stage=Stage.CONFIRMED)
    seen = []
    record = audit.record

    def look(**kwargs):
        def from_elsewhere():
            seen.append(Import.objects.filter(pk=job.pk).values_list("rows_done", "rows").get())
            connection.close()

        elsewhere = threading.Thread(target=from_elsewhere)
        elsewhere.start()
        elsewhere.join()
        record(**kwargs)

    monkeypatch.setattr(audit, "record", look)
    work()

    assert seen == told
