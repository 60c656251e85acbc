"""What a dead worker left is done by the next one."""

import datetime as dt

import pytest
from django.utils import timezone

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


def test_and_before_one_that_came_earlier_and_was_confirmed_later():
    earlier = make_import(stage=Stage.CONFIRMED)
    make_import(stage=Stage.RUNNING, seen_at=timezone.now() - dt.timedelta(hours=1))

    assert work() == 2
    earlier.refresh_from_db()
    assert earlier.stage == Stage.DONE


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
