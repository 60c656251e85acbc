"""The worker does what waits, once."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import audit
from accounts.audit import AuditEntry
from accounts.tests.factories import make_user
from backoffice.imports import worker
from backoffice.models import Import, Stage
from core.tests.queue import claim
from partners.models import Partner
from partners.tests.factories import make_commune

from .importing import make_import, work

pytestmark = pytest.mark.django_db


def test_a_preview_that_nobody_follows_up_is_forgotten():
    """One that went back to be read is young again; a second agent may be away for some days."""
    days_ago = timezone.now() - dt.timedelta(days=2)
    make_import(stage=Stage.READY, seen_at=days_ago)
    waiting = make_import(stage=Stage.READY, created_at=days_ago)
    proposed = make_import(stage=Stage.PROPOSED, seen_at=days_ago, proposed_by=make_user(is_staff=True))
    worker.forget()

    assert set(Import.objects.all()) == {waiting, proposed}


def test_what_another_worker_does_is_left_to_it_and_the_next_one_waits():
    make_import(stage=Stage.RUNNING)
    claim("busy")
    waiting = make_import(stage=Stage.CONFIRMED)
    work()

    waiting.refresh_from_db()
    assert waiting.stage == Stage.CONFIRMED
    its_task = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert (its_task.worker_ids, its_task.run_after > timezone.now()) == ([], True)


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
