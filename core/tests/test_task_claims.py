"""Workers that are killed, that are slow, and two at once: each task is done, and done once."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.db import connection, transaction
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from core import tasks
from core.models import CommandRun
from core.tasks import Queue, Worker

from .databases import address
from .queue import claim, pass_time, work

pytestmark = pytest.mark.django_db

done: list[str] = []
WORK = "import django; django.setup(); from core.tasks import Worker; Worker().run_next()"
meeting = threading.Barrier(2)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@task(queue_name=Queue.MAIL)
def note(what: str) -> None:
    done.append(what)


@task(queue_name=Queue.FILES, takes_context=True)
def tell_attempt(context: TaskContext) -> None:
    done.append(f"{context.attempt} {tasks.was_begun_too_often(context)}")


@task(queue_name=Queue.FILES, takes_context=True)
def be_overtaken(context: TaskContext) -> None:
    pass_time()
    tasks.take_up_again()
    done.append(f"alive: {tasks.say_alive(context)}, ends: {tasks.end(context)}")


@task(queue_name=Queue.MAIL)
def write_and_die(name: str) -> None:
    CommandRun.objects.note(name)
    os.kill(os.getpid(), signal.SIGKILL)


@task(queue_name=Queue.MAIL, takes_context=True)
def write_in_its_own_transaction_and_die(context: TaskContext, name: str) -> None:
    CommandRun.objects.note(name)
    os.kill(os.getpid(), signal.SIGKILL)


@task(queue_name=Queue.MAIL)
def write(name: str) -> None:
    CommandRun.objects.create(name=name, succeeded_at="2026-01-01T00:00:00Z")


@pytest.mark.parametrize(("is_silent", "begun"), [(True, ["2 False"]), (False, [])])
def test_a_task_whose_worker_was_killed_is_taken_up_again(is_silent, begun):
    """The control: one that is at work keeps it."""
    tell_attempt.enqueue()
    claim()
    if is_silent:
        pass_time()

    assert tasks.take_up_again() == is_silent
    work()
    assert done == begun


def kill_three_workers():
    for _ in range(tasks.ATTEMPTS):
        claim()
        pass_time()
        tasks.take_up_again()


def test_one_that_kills_its_workers_is_given_up():
    note.enqueue("killer")
    kill_three_workers()
    work()

    assert done == []
    assert tasks.failed().get().exception_class_path == "core.tasks.KilledItsWorkers"


def test_one_that_looks_after_itself_is_told_so():
    tell_attempt.enqueue()
    kill_three_workers()
    work()

    assert done == ["4 True"]


def test_whoever_was_taken_for_dead_has_nothing_to_say_any_more():
    be_overtaken.enqueue()
    Worker().run_next()

    assert done == ["alive: False, ends: False"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.parametrize(
    ("how", "left"),
    [
        (write_and_die, 0),
        # The control: what it had written stays.
        (write_in_its_own_transaction_and_die, 1),
    ],
    ids=["in one transaction with its end", "in its own"],
)
@pytest.mark.django_db(transaction=True)
def test_killed_amid_it_a_task_leaves_nothing_and_is_done_once(how, left):
    """kill -9 between what it writes and its end: neither lost nor doubled."""
    how.enqueue("twice")
    same_database = os.environ | {"DATABASE_URL": address(connection.settings_dict["NAME"])}
    begun = subprocess.run(  # noqa: S603 – ourselves
        [sys.executable, "-c", WORK], cwd=settings.BASE_DIR, env=same_database, check=False
    )

    assert begun.returncode == -signal.SIGKILL
    assert CommandRun.objects.count() == left
    CommandRun.objects.all().delete()
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
    pass_time()
    assert tasks.take_up_again() == 1
    DBTaskResult.objects.update(task_path=write.module_path)
    assert work() == 1
    assert CommandRun.objects.get().name == "twice"
    assert not DBTaskResult.objects.exists()


def work_until_nothing_is_due():
    while Worker().run_next():
        pass


@pytest.mark.parametrize("claimed", [True, False], ids=["claimed", "without a claim"])
@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_task_once(at_once, monkeypatch, claimed):
    """The control: where nothing says whose a task is, both do it."""
    if not claimed:
        monkeypatch.setattr(Worker, "_claim", lambda self: DBTaskResult.objects.ready().first())
        monkeypatch.setattr(tasks, "_mine", lambda task: DBTaskResult.objects.filter(pk=task.pk))
        monkeypatch.setattr(tasks, "_do", _do_without_a_claim)
    for number in range(20):
        note.enqueue(str(number))

    at_once(work_until_nothing_is_due, work_until_nothing_is_due)
    expected = [str(number) for number in range(20)]
    assert (sorted(done, key=int) == expected) == claimed


def _do_without_a_claim(task):
    meeting.wait(timeout=5)
    note.call(*task.args_kwargs["args"])
    tasks._mine(task).delete()


@pytest.mark.django_db(transaction=True)
def test_one_that_is_being_done_is_not_taken_up_again(at_once):
    """Its row is locked while its transaction lasts, however long."""
    if connection.vendor == "sqlite":
        return  # One writer at a time: nobody can take anything meanwhile.
    note.enqueue("slow")
    mine = claim()
    pass_time()
    with transaction.atomic():
        assert tasks._mine(mine).update(started_at=mine.started_at)
        taken: list[int] = []
        at_once(lambda: taken.append(tasks.take_up_again()))
    assert taken == [0]
