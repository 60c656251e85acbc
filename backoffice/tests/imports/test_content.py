"""The file of an import is read in pieces, which no connection holds whole."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from backoffice.imports import content, jobs, worker
from backoffice.imports.content import content_of
from backoffice.models import Import, Stage

from .importing import JUDO, make_import, work

pytestmark = pytest.mark.django_db
PIECE = 8


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_every_byte_in_its_place(monkeypatch, length):
    monkeypatch.setattr(content, "PIECE", PIECE)
    file = bytes((7 * place) % 256 for place in range(length))

    assert content_of(make_import(content=file)) == file


def test_stopped_between_two_pieces(monkeypatch, agent):
    """Of half a list nothing is kept."""
    job = make_import(content=JUDO + b"\nGYM CLUB;Antony;Gym")
    pieces = content._pieces

    def stopped(key):
        read = pieces(key)
        yield next(read)
        jobs.abandon(import_id=key, actor=agent)
        yield from read

    monkeypatch.setattr(content, "PIECE", len(JUDO))
    monkeypatch.setattr(content, "_pieces", stopped)
    work()

    job.refresh_from_db()
    assert (job.stage, bytes(job.content)) == (Stage.ABANDONED, b"")
    assert not job.lines.exists()


def test_of_a_job_that_is_gone():
    job = make_import()
    Import.objects.all().delete()

    assert content_of(job) == b""


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CONFIRMED])
def test_a_worker_reads_it_no_other_way(stage):
    """Nor to forget one that nobody followed up."""
    make_import(stage=stage)
    forgotten = make_import(stage=Stage.READY, seen_at=timezone.now() - dt.timedelta(days=8))
    with CaptureQueriesContext(connection) as asked:
        work()
        worker.forget()

    assert not Import.objects.filter(pk=forgotten.pk).exists()

    read = [
        it["sql"]
        for it in asked
        if it["sql"].startswith("SELECT") and '"passplus_import"."content"' in it["sql"]
    ]
    assert read
    assert all("SUBSTR" in sql for sql in read)
