"""One agent chooses at the moment another one confirms."""

import threading

import pytest
from django.db import connection
from django.db.models import QuerySet

from backoffice.imports import choices, jobs
from backoffice.models import Choice, Import, Stage, Verdict

from .importing import make_import

# Seconds that who chooses gives to who confirms.
WITH_THE_LOCK, WITHOUT = 1, 20


@pytest.fixture
def both(at_once, monkeypatch):
    """Return the stage that was reached, and what is chosen by then; who confirms had read « create »."""

    def go(patience):
        job = make_import(stage=Stage.READY, fingerprint="a" * 64)
        job.lines.create(number=2, verdict=Verdict.CREATED, is_to_check=True, choice=Choice.CREATE)
        read, alike = choices.as_read(job), choices.alike
        is_locked, is_confirmed = threading.Event(), threading.Event()

        def pause(job):
            is_locked.set()
            is_confirmed.wait(patience)
            return alike(job)

        def choose():
            choices.take(import_id=job.pk, chosen=choices.PageChoices(leave=[2]), mark=read)

        def confirm():
            is_locked.wait(20)
            jobs.confirm(import_id=job.pk, as_read=read, reason="Rentrée", actor=job.owner)
            is_confirmed.set()

        monkeypatch.setattr(choices, "alike", pause)
        assert at_once(choose, confirm) == ["done", "done"]
        return Import.objects.get().stage, job.lines.get().choice

    return go


def test_what_is_confirmed_is_what_was_read(both):
    assert both(WITH_THE_LOCK) == (Stage.READY, Choice.LEAVE)


def test_the_control_without_the_lock_another_choice_is_confirmed(both, monkeypatch):
    """SQLite has one writer at a time, with or without it."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
    is_postgresql = connection.vendor == "postgresql"
    outcome = both(WITHOUT if is_postgresql else WITH_THE_LOCK)

    assert outcome == (Stage.CONFIRMED if is_postgresql else Stage.READY, Choice.LEAVE)
