"""The worker's command: once, or round after round until SIGTERM, and the trace that it leaves."""

import os
import signal

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django_tasks import task

from backoffice.management.commands import run_tasks
from core import tasks
from core.models import CommandRun
from core.tasks import Queue, Worker

# A command closes its connections when it ends.
pytestmark = pytest.mark.django_db(transaction=True)

MAIL, FILES = (f"run_tasks --queue {queue}" for queue in Queue)
done: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@task(queue_name=Queue.MAIL)
def note() -> None:
    done.append("mail")


@task(queue_name=Queue.FILES)
def write() -> None:
    done.append("files")


@task(queue_name=Queue.MAIL)
def be_told_to_stop() -> None:
    done.append("last")
    os.kill(os.getpid(), signal.SIGTERM)


@task(queue_name=Queue.MAIL)
def need_what_is_away() -> None:
    raise tasks.Away("le serveur de messagerie")


@pytest.fixture
def rounds(monkeypatch):
    """`rounds(…)`: a worker goes its rounds, each of which is called; the last one is told to stop."""
    before = [(ending, signal.getsignal(ending)) for ending in (signal.SIGTERM, signal.SIGINT)]

    def go(*calls, **options):
        left = list(calls)

        def take_up_again():
            call = left.pop(0)
            if not left:
                os.kill(os.getpid(), signal.SIGTERM)
            call()

        if calls:
            monkeypatch.setattr(tasks, "take_up_again", take_up_again)
        call_command("run_tasks", every=0.01, **options)

    yield go
    for ending, handler in before:
        signal.signal(ending, handler)


def traces():
    return set(CommandRun.objects.values_list("name", flat=True))


def fail():
    raise DatabaseError


def nothing():
    pass


def test_once_it_does_all_that_is_due_and_says_how_much(capsys):
    note.enqueue()
    write.enqueue()
    call_command("run_tasks")

    assert done == ["mail", "files"]
    assert "Tâches faites : 2." in capsys.readouterr().out


def test_one_queue_alone():
    note.enqueue()
    write.enqueue()
    call_command("run_tasks", queue="files")

    assert done == ["files"]
    assert traces() == {FILES}


def test_once_it_says_who_is_away():
    need_what_is_away.enqueue()

    with pytest.raises(CommandError, match="Ne répond pas : le serveur de messagerie"):
        call_command("run_tasks")
    assert traces() == set()


def test_it_goes_on_whatever_happens_until_sigterm(rounds, caplog):
    rounds(fail, nothing, nothing)

    assert "run_tasks waits" in caplog.text


def test_sigterm_is_heard_amid_a_round(rounds):
    be_told_to_stop.enqueue()
    note.enqueue()
    rounds()

    assert done == ["last"]


def test_it_leaves_a_trace_while_it_goes_on(rounds):
    seen = []
    rounds(nothing, lambda: seen.append(traces()))

    assert seen == [{MAIL, FILES}]


def test_not_at_each_round(rounds, monkeypatch):
    noted: list[str] = []
    monkeypatch.setattr(type(CommandRun.objects.all()), "note", lambda self, name: noted.append(name))
    rounds(*[nothing] * 5, queue="mail")

    assert noted == [MAIL]


def test_one_that_fails_at_each_round_leaves_none(rounds):
    rounds(fail, fail)

    assert traces() == set()


def test_a_round_ends_so_that_the_next_one_keeps_the_queue_whole(rounds, monkeypatch):
    monkeypatch.setattr(run_tasks, "ROUND", -1)
    note.enqueue()
    rounds(nothing, nothing)

    assert done == []
    assert Worker().run_next()
