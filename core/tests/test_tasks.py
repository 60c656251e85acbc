"""The queue: each task once, by one worker, the most urgent first."""

import datetime as dt

import pytest
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from core import tasks
from core.tasks import Priority, Queue, Worker

from .queue import work

pytestmark = pytest.mark.django_db

done: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@task(queue_name=Queue.MAIL)
def note(what: str) -> None:
    done.append(what)


@task(queue_name=Queue.FILES)
def import_for_long() -> None:
    done.append("import")


@task(queue_name=Queue.MAIL)
def fail() -> None:
    raise ValueError("DURAND, 12 rue du Bac")


@task(queue_name=Queue.MAIL)
def find_the_database_away() -> None:
    raise OperationalError("the connection is closed")


@task(queue_name=Queue.MAIL)
def come_back() -> None:
    raise tasks.Later(dt.timedelta(minutes=10))


@task(queue_name=Queue.MAIL)
def need_what_is_away() -> None:
    done.append("tried")
    raise tasks.Away("la messagerie")


def test_a_task_is_done_once_and_nothing_of_it_stays():
    note.enqueue("a")

    assert (Worker().run_next(), Worker().run_next()) == (True, False)
    assert done == ["a"]
    assert not DBTaskResult.objects.exists()


def test_the_most_urgent_first_and_among_equals_the_oldest():
    for priority in (Priority.BULK, Priority.NOTICE, Priority.LINK):
        for number in range(2):
            note.using(priority=priority).enqueue(f"{priority.name} {number}")
    import_for_long.using(priority=Priority.FILE).enqueue()
    work()

    assert done == [*("LINK 0", "LINK 1", "NOTICE 0", "NOTICE 1", "import", "BULK 0", "BULK 1")]


def test_a_worker_of_one_queue_leaves_the_other():
    """A long import makes no link wait."""
    import_for_long.using(priority=Priority.LINK).enqueue()
    note.enqueue("link")
    worker = Worker([Queue.MAIL])

    assert (worker.run_next(), worker.run_next()) == (True, False)
    assert done == ["link"]
    assert Worker([Queue.FILES]).run_next()


def test_a_task_that_fails_says_what_kind_of_error_and_names_nobody():
    fail.enqueue()
    note.enqueue("next")
    work()

    failed = DBTaskResult.objects.get()
    assert failed.status == TaskResultStatus.FAILED
    assert (failed.exception_class_path, failed.traceback) == ("builtins.ValueError", "")
    assert done == ["next"]


def test_one_that_failed_is_done_again_when_somebody_says_so():
    fail.enqueue()
    work()

    assert tasks.retry(DBTaskResult.objects.all()) == 1
    assert tasks.retry(DBTaskResult.objects.all()) == 0
    assert work() == 1
    assert tasks.failed().get().worker_ids != []


@pytest.mark.parametrize("how", [find_the_database_away, come_back], ids=["database away", "not yet"])
def test_what_waits_counts_as_not_begun(how):
    how.enqueue()
    work()

    [again] = DBTaskResult.objects.all()
    assert (again.status, again.worker_ids) == (TaskResultStatus.READY, [])
    assert again.run_after > timezone.now()


def test_what_is_away_is_asked_once_and_the_others_go_on():
    """80,000 messages do not try one after the other a mail server that is away."""
    for _ in range(3):
        need_what_is_away.enqueue()
    note.enqueue("other")
    worker = Worker()
    while worker.run_next():
        pass

    assert done == ["tried", "other"]
    assert worker.away() == ["la messagerie"]
    assert {one.worker_ids == [] for one in DBTaskResult.objects.all()} == {True}
    assert Worker().run_next(), "another worker may reach it"


@pytest.mark.parametrize("kept", [True, False])
def test_it_belongs_to_the_transaction_that_asked_for_it(kept):
    with transaction.atomic():
        note.enqueue("a")
        transaction.set_rollback(not kept)

    assert work() == kept
