"""The file of an import is read in pieces: a worker holds it once, and a connection never holds it whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.imports import content
from backoffice.imports.content import content_of
from backoffice.models import Import, Stage

from .importing import make_import, work

pytestmark = pytest.mark.django_db
PIECE = 8


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_every_byte_in_its_place(monkeypatch, length):
    monkeypatch.setattr(content, "PIECE", PIECE)
    file = bytes((7 * place) % 256 for place in range(length))

    assert content_of(make_import(content=file)) == file


def test_of_a_job_that_is_gone():
    job = make_import()
    Import.objects.all().delete()

    assert content_of(job) == b""


@pytest.mark.parametrize("stage", [Stage.RECEIVED, Stage.CONFIRMED])
def test_a_worker_reads_it_no_other_way(stage):
    make_import(stage=stage)
    with CaptureQueriesContext(connection) as asked:
        work()

    read = [
        it["sql"]
        for it in asked
        if it["sql"].startswith("SELECT") and '"passplus_import"."content"' in it["sql"]
    ]
    assert read
    assert all("SUBSTR" in sql for sql in read)
