"""An import is stopped while it is written: whoever is first, the one who stops it or its end, wins alone."""

import threading

import pytest
from django.db import connection
from django.db.models import QuerySet

from accounts import audit
from accounts.audit import AuditEntry
from accounts.models import Beneficiary, School
from backoffice.imports import jobs, worker
from backoffice.models import Import, Sort, Stage
from backoffice.tests.roster.rosters import ANNE, LINA, roster
from core import bulk_copy
from partners.models import Activity, Offer, Partner
from partners.tests.factories import make_commune

from .importing import make_import, work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def communes():
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


def of_clubs():
    lines = "".join(f"\nCLUB {number};Antony;Judo" for number in range(5))
    return make_import(f"Nom;Commune;Activités Sport{lines}".encode(), stage=Stage.CONFIRMED)


def of_children():
    lines = [LINA | ANNE | {"Numéro d’élève": f"E{number:04}"} for number in range(5)]
    return make_import(roster(*lines), stage=Stage.CONFIRMED, sort=Sort.ROSTER)


def written():
    counted = (Partner, Offer, Activity, Beneficiary, School, AuditEntry)
    return sum(model.objects.count() for model in counted)


class Elsewhere(threading.Thread):
    """An agent stops it, on a connection of its own."""

    def __init__(self, job):
        super().__init__()
        self.job, self.stopped = job, None

    def run(self):
        try:
            self.stopped = jobs.abandon(import_id=self.job.pk, actor=self.job.owner)
        finally:
            connection.close()


def stop(job):
    elsewhere = Elsewhere(job)
    elsewhere.start()
    elsewhere.join()
    return elsewhere.stopped


def before(monkeypatch, owner, name, act):
    original = getattr(owner, name)

    def act_then_go_on(*args, **kwargs):
        act()
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, act_then_go_on)


@pytest.mark.parametrize(("make", "model"), [(of_clubs, Partner), (of_children, Beneficiary)])
def test_amid_its_writing_all_is_taken_back(monkeypatch, make, model):
    """admin.md 47: whoever confirmed the wrong file watched it being written to the end."""
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 2)
    monkeypatch.setattr("backoffice.imports.directory.importer.TOLD_EVERY", 2)
    monkeypatch.setattr("backoffice.imports.roster.importer.WRITTEN_AT_ONCE", 2)
    job, outcomes = make(), list[bool | None]()
    bulk_create, copy_in = QuerySet.bulk_create, bulk_copy.copy_in

    def stop_once(written):
        if written is model and not outcomes:
            outcomes.append(stop(job))

    def create_then_stop(rows, *args, **kwargs):
        made = bulk_create(rows, *args, **kwargs)
        stop_once(rows.model)
        return made

    def copy_then_stop(written, *args):
        copy_in(written, *args)
        stop_once(written)

    monkeypatch.setattr(QuerySet, "bulk_create", create_then_stop)
    monkeypatch.setattr(bulk_copy, "copy_in", copy_then_stop)
    work()

    job.refresh_from_db()
    if connection.vendor == "sqlite":
        assert (job.stage, outcomes, model.objects.count()) == (Stage.DONE, [False], 5)
        return
    assert (job.stage, bytes(job.content), outcomes) == (Stage.ABANDONED, b"", [True])
    assert job.report == {"told": f"Arrêté par {job.owner}. Rien n’est écrit."}
    assert written() == 0
    assert work() == 0


@pytest.mark.parametrize(
    ("is_guarded", "stage"),
    [
        pytest.param(True, Stage.ABANDONED, id="the end comes too late"),
        # The control: it shows that the case above tests the guard.
        pytest.param(False, Stage.DONE, id="without the guard both win"),
    ],
)
def test_it_is_stopped_just_before_its_end(monkeypatch, is_guarded, stage):
    job, outcomes = of_clubs(), []
    monkeypatch.setattr(
        worker,
        "_still_running",
        lambda job: Import.objects.filter(pk=job.pk, **({"stage": Stage.RUNNING} if is_guarded else {})),
    )
    before(monkeypatch, worker, "_still_running", lambda: outcomes.append(stop(job)))
    work()

    job.refresh_from_db()
    if connection.vendor == "sqlite":
        assert (job.stage, outcomes) == (Stage.DONE, [False])
        return
    assert (job.stage, outcomes) == (stage, [True])
    assert bool(written()) == (stage == Stage.DONE)


def test_it_is_stopped_just_after_its_end(monkeypatch):
    """Its row is locked until the transaction ends: who stops it waits, and comes too late."""
    job = of_clubs()
    elsewhere = Elsewhere(job)
    before(monkeypatch, audit, "record", elsewhere.start)
    work()
    elsewhere.join()

    job.refresh_from_db()
    assert (job.stage, elsewhere.stopped) == (Stage.DONE, False)
    assert Partner.objects.count() == 5
    assert AuditEntry.objects.count() == 1


def test_both_at_once(at_once):
    """Whoever wins, the other one has done nothing."""
    job = of_clubs()
    assert at_once(work, lambda: jobs.abandon(import_id=job.pk, actor=job.owner)) == ["done", "done"]
    work()

    job.refresh_from_db()
    assert job.stage in {Stage.DONE, Stage.ABANDONED}
    assert (Partner.objects.count(), AuditEntry.objects.count()) == (
        (5, 1) if job.stage == Stage.DONE else (0, 0)
    )
