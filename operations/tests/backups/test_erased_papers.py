"""The papers of an erased family: sealed on the disk and in the backups of before; once these go, nowhere."""
# ruff: noqa: S603, S607 – programs of the system, asked in our own words

import datetime as dt
import shutil
import subprocess
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from applications.models import Application, Paper, PaperState
from applications.tests.factories import make_application, make_decider
from operations.backups import pruning
from operations.backups.programs import decrypt
from privacy import erasure

from .copies import on_postgresql, save

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
WRITTEN, CLEAR = b"NOTIFICATION DE BOURSE DE ZWYCKELINDE", b"Au nom de Zwyckelinde."


@pytest.fixture
def application():
    """With a paper that an agent may read, and words that nothing seals."""
    application = make_application()
    paper = application.papers.get()
    paper.sealed = paper.seal(WRITTEN)
    paper.save(update_fields=["sealed"])
    Application.objects.update(
        state="refused", reason=CLEAR.decode(), decided_by=make_decider(), decided_at=timezone.now()
    )
    return application


def on_disk(model):
    """The very files of its table, what is too long for a row included."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)), "
            "pg_read_binary_file(pg_relation_filepath(nullif(reltoastrelid, 0))) "
            "FROM pg_class WHERE relname = %s",
            [model._meta.db_table],
        )
        return b"".join(bytes(part) for part in cursor.fetchone() if part)


def in_backup(place):
    """All that a backup of now says, as PostgreSQL would be told."""
    shutil.rmtree(place.directory, ignore_errors=True)
    clear = subprocess.run(decrypt(save(place), place.key), check=True, capture_output=True).stdout
    return subprocess.run(["pg_restore", "--file=-"], input=clear, check=True, capture_output=True).stdout


def in_words(content):
    """As a dump writes bytes."""
    return bytes(content).hex().encode()


def test_on_the_disk_and_in_a_backup_a_paper_is_sealed(place, application):
    sealed = application.papers.get().sealed
    dump = in_backup(place)

    assert bytes(sealed) in on_disk(Paper)
    assert in_words(sealed) in dump
    for everywhere in (on_disk(Paper), dump):
        assert WRITTEN not in everywhere
        assert in_words(WRITTEN) not in everywhere


def test_what_nothing_seals_would_be_found(place, application):
    """The control: these two ways of looking see what is there."""
    assert CLEAR in on_disk(Application)
    assert CLEAR in in_backup(place)


def test_once_erased_no_backup_holds_it(place, application):
    sealed = application.papers.get().sealed
    erasure.erase_child(
        beneficiary_id=application.beneficiary_id, giving_up=Decimal(120), actor=make_decider()
    )
    call_command("purge", verbosity=0)
    dump = in_backup(place)

    assert application.papers.get().state == PaperState.DELETED
    assert in_words(sealed) not in dump
    assert CLEAR not in dump
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM FULL {Paper._meta.db_table}")
    assert bytes(sealed) not in on_disk(Paper)


def test_the_backup_of_before_goes_with_its_time(place, application, monkeypatch):
    copy = save(place)
    later = timezone.now() + dt.timedelta(days=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert pruning.prune(directory=place.directory, days=30) == 1
    assert not copy.exists()
