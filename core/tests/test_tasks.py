"""The queue: each task once, by one worker, and taken up again when that one is silent."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from core import tasks

pytestmark = pytest.mark.django_db

done: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@task
def note(what: str) -> None:
    done.append(what)


@task(priority=10)
def note_first(what: str) -> None:
    done.append(what)


@task
def fail() -> None:
    raise ValueError("DURAND, 12 rue du Bac")


@task
def find_the_database_away() -> None:
    raise OperationalError("the connection is closed")


@task(takes_context=True)
def tell_attempt(context: TaskContext) -> None:
    done.append(f"{context.attempt} {tasks.was_begun_too_often(context)}")


@task(takes_context=True)
def be_overtaken(context: TaskContext) -> None:
    pass_time()
    tasks.take_up_again()
    done.append(f"alive: {tasks.say_alive(context)}")


def pass_time():
    silent = timezone.now() - tasks.LEASE - dt.timedelta(seconds=1)
    DBTaskResult.objects.update(started_at=silent)


def statuses():
    return list(DBTaskResult.objects.values_list("status", flat=True))


def test_a_task_is_done_once():
    note.enqueue("a")

    assert (tasks.run_next("w"), tasks.run_next("w")) == (True, False)
    assert (done, statuses()) == (["a"], [TaskResultStatus.SUCCESSFUL])


def test_what_is_urgent_comes_first():
    note.enqueue("later")
    note_first.enqueue("first")
    tasks.run_next("w")

    assert done == ["first"]


def test_a_task_that_fails_says_what_kind_of_error_and_names_nobody():
    fail.enqueue()
    note.enqueue("next")
    while tasks.run_next("w"):
        pass

    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert (failed.exception_class_path, failed.traceback) == ("builtins.ValueError", "")
    assert done == ["next"]


def test_a_database_that_is_away_is_no_failure():
    find_the_database_away.enqueue()
    tasks.run_next("w")

    [again] = DBTaskResult.objects.all()
    assert (again.status, again.worker_ids) == (TaskResultStatus.READY, [])
    assert again.run_after > timezone.now()


@pytest.mark.parametrize(("is_silent", "begun"), [(True, ["2 False"]), (False, [])])
def test_a_task_whose_worker_was_killed_is_taken_up_again(is_silent, begun):
    """The control: one that is at work keeps it."""
    tell_attempt.enqueue()
    tasks._claim("killed")
    if is_silent:
        pass_time()

    assert tasks.take_up_again() == is_silent
    tasks.run_next("w")
    assert done == begun


def test_a_task_that_kills_its_workers_is_told_so():
    tell_attempt.enqueue()
    for _ in range(tasks.ATTEMPTS):
        tasks._claim("killed")
        pass_time()
        tasks.take_up_again()
    tasks.run_next("w")

    assert done == ["4 True"]


def test_whoever_was_taken_for_dead_has_nothing_to_say_any_more():
    be_overtaken.enqueue()
    tasks.run_next("slow")

    assert done == ["alive: False"]
    assert statuses() == [TaskResultStatus.READY]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_task_once(at_once):
    for number in range(20):
        note.enqueue(str(number))

    def work():
        while tasks.run_next("w"):
            pass

    assert at_once(work, work) == ["done", "done"]
    assert sorted(done, key=int) == [str(number) for number in range(20)]


def test_old_results_are_forgotten():
    note.enqueue("old")
    tasks.run_next("w")
    note.enqueue("waits")
    DBTaskResult.objects.update(finished_at=timezone.now() - tasks.KEPT_FOR)
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(finished_at=None)
    tasks.forget()

    assert statuses() == [TaskResultStatus.READY]
