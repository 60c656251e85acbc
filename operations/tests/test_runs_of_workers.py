"""A worker leaves a trace while it goes on."""

import os
import runpy
import signal
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from backoffice.imports import worker
from core.models import CommandRun

# A command closes its connections when it ends.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manage(monkeypatch):
    """`manage("check_ledger")`: as typed in a terminal."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["manage.py", *arguments])
        runpy.run_path(str(settings.BASE_DIR / "manage.py"), run_name="__main__")

    return run


def traces():
    return set(CommandRun.objects.values_list("name", flat=True))


@pytest.fixture
def rounds(monkeypatch):
    """`rounds(…)`: a worker goes its rounds, each of which is called; the last one is told to stop."""
    before = [(ending, signal.getsignal(ending)) for ending in (signal.SIGTERM, signal.SIGINT)]

    def go(*calls):
        left = list(calls)

        def work(stop):
            call = left.pop(0)
            if not left:
                os.kill(os.getpid(), signal.SIGTERM)
            call()

        monkeypatch.setattr(worker, "work", work)
        call_command("run_imports", every=0.01)

    yield go
    for ending, handler in before:
        signal.signal(ending, handler)


def fail():
    raise DatabaseError


def test_a_worker_leaves_one_while_it_goes_on(rounds):
    seen = []
    rounds(lambda: None, lambda: seen.append(traces()))

    assert seen == [{"run_imports"}]


def test_not_at_each_round(rounds, monkeypatch):
    noted: list[str] = []
    monkeypatch.setattr(type(CommandRun.objects.all()), "note", lambda self, name: noted.append(name))
    rounds(*[lambda: None] * 5)

    assert noted == ["run_imports"]


def test_a_worker_that_fails_at_each_round_leaves_none(rounds):
    rounds(fail, fail)

    assert traces() == set()
