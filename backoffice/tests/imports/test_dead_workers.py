"""What a dead worker left is done by the next one."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit import AuditEntry
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.models import Import, Stage
from partners.models import Partner

from .importing import make_import, work

pytestmark = pytest.mark.django_db


def test_what_the_worker_of_a_dead_machine_left_is_done_by_the_next_one():
    job = make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    assert work() == 1
    job.refresh_from_db()
    assert job.stage == Stage.DONE


def test_one_that_came_earlier_and_was_confirmed_later_comes_after_it():
    earlier = make_import(stage=Stage.CONFIRMED)
    make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    work()
    earlier.refresh_from_db()
    assert earlier.stage == Stage.CONFIRMED
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    earlier.refresh_from_db()
    assert earlier.stage == Stage.DONE


def test_a_worker_undoes_what_another_one_did_meanwhile(monkeypatch):
    job = make_import(stage=Stage.CONFIRMED)
    apply = DirectoryImporter.apply

    def slowly(importer, content, tell, **read):
        Import.objects.filter(pk=job.pk).update(stage=Stage.ABANDONED)
        return apply(importer, content, tell, **read)

    monkeypatch.setattr(DirectoryImporter, "apply", slowly)
    work()

    job.refresh_from_db()
    assert job.stage == Stage.RUNNING, "what was written in this transaction is undone with it"
    assert not Partner.objects.exists()
    assert not AuditEntry.objects.exists()
