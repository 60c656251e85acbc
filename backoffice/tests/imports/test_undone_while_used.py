"""A family comes in while the import that made its account is taken back."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports.importers import undo_of
from backoffice.imports.undoing.roster import RosterUndo
from backoffice.models import Sort, Stage, WrittenRows

from .importing import make_import

pytestmark = pytest.mark.django_db(transaction=True)
# SQLite queues those who write: there the lock takes nothing away.
on_postgresql = connection.vendor == "postgresql"


@pytest.fixture
def job():
    parent = make_user(password=None)
    child = make_beneficiary(parent)
    job = make_import(sort=Sort.ROSTER, stage=Stage.DONE, confirmed_by=make_user(is_staff=True))
    for model, key in (
        (User, parent.pk),
        (Beneficiary, child.pk),
        (Guardianship, child.guardianships.get().pk),
    ):
        WrittenRows.objects.create(job=job, model=model._meta.label_lower, made=[key])
    return job


@pytest.mark.parametrize(
    ("locked", "lost"),
    [
        pytest.param(True, False, id="the visit waits, and finds nobody"),
        pytest.param(False, on_postgresql, id="without the lock"),
    ],
)
def test_no_account_goes_that_somebody_came_in_by(at_once, monkeypatch, job, locked, lost):
    parent = User.objects.get(is_staff=False)
    compared, visited = threading.Barrier(2, timeout=20), threading.Event()
    visits = []
    write = RosterUndo.write

    def write_later(undo, progress):
        compared.wait()
        visited.wait(timeout=1 if locked or not on_postgresql else 20)
        write(undo, progress)

    def take_back():
        with transaction.atomic():
            undo = undo_of(job)
            if locked:
                undo.lock()
            list(undo.parts())
            undo.write(lambda done, rows: None)

    def visit():
        with suppress(threading.BrokenBarrierError):
            compared.wait()
        visits.append(User.objects.filter(pk=parent.pk).update(last_login=timezone.now()))
        visited.set()

    monkeypatch.setattr(RosterUndo, "write", write_later)
    assert at_once(take_back, visit) == ["done", "done"]
    assert not User.objects.filter(pk=parent.pk).exists()
    assert visits == [int(lost)]
