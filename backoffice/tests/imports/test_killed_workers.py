"""A file that kills workers is not given to a third one."""

import pytest

from backoffice.imports import worker
from backoffice.models import Stage
from core import tasks
from core.spreadsheet_files import reading
from core.tests.queue import claim, pass_time

from .importing import make_import, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CONFIRMED])
def test_a_file_that_killed_two_workers_is_not_given_to_a_third(monkeypatch, stage):
    """code.md 3.21, admin.md 47: it was first again for ever, and every import waited behind it."""
    killer = make_import(b"boom", stage=stage)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(worker, "importer_of", die)
        for _ in range(worker.MOST_ATTEMPTS):
            with pytest.raises(KeyboardInterrupt):
                work()
            assert work() == 0, "its worker may be alive"
            pass_time()
            assert tasks.take_up_again() == 1
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


def test_one_whose_worker_was_killed_once_is_done(caplog):
    job = make_import(stage=Stage.CONFIRMED)
    claim()
    job.stage = Stage.RUNNING
    job.save(update_fields=["stage"])
    pass_time()
    tasks.take_up_again()
    work()

    job.refresh_from_db()
    assert job.stage == Stage.DONE


def test_a_long_reading_ends_before_its_worker_counts_as_dead():
    assert tasks.LEASES[tasks.Queue.FILES].total_seconds() > reading.LONGEST_READING
