"""What an import asks of the database grows by batches, and not by lines: nothing is timed here."""

from functools import partial
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.imports.importers import undo_of
from backoffice.imports.roster.importer import WRITTEN_AT_ONCE, Roster
from backoffice.imports.undoing import stays
from backoffice.models import Sort, Stage
from backoffice.tests.roster.rosters import ANNE, COMMUNES, LINA, roster

from .importing import make_import

pytestmark = pytest.mark.django_db
THOUSANDS = (1_000, 3_000, 5_000)


def of_children(count):
    """As many families as children."""
    return roster(
        *(
            LINA
            | ANNE
            | {
                "Numéro d’élève": f"E{number:05}",
                "Responsable 1 e-mail": f"anne{number}@famille.example",
            }
            for number in range(count)
        )
    )


def of_clubs(count):
    lines = [f"CLUB {number};Antony;Judo" for number in range(count)]
    return "\n".join(["Nom;Commune;Activités Sport", *lines]).encode()


def asked(act):
    """How many statements it takes; what it does is undone."""
    with transaction.atomic(), CaptureQueriesContext(connection) as seen:
        act()
        transaction.set_rollback(True)
    return len(seen)


IMPORTERS = pytest.mark.parametrize(
    ("importer", "lines"),
    [
        pytest.param(lambda: Roster(COMMUNES, complete=False), of_children, id="roster"),
        pytest.param(DirectoryImporter, of_clubs, id="directory"),
    ],
)


@IMPORTERS
def test_to_compare_asks_the_same_of_a_thousand_lines_and_of_three_thousand(importer, lines):
    """code.md 3.16: three SELECTs a line to compare."""
    few, many = (
        asked(partial(importer().plan, partial(lines, count), lambda done, rows: None))
        for count in THOUSANDS[:2]
    )

    assert few == many < 10


@IMPORTERS
def test_to_write_asks_the_same_of_each_thousand_lines(importer, lines):
    """code.md 3.16: nine statements a line to write. Two thousand are one batch more."""
    counts = [
        asked(partial(importer().apply, partial(lines, count), lambda done, rows: None))
        for count in THOUSANDS
    ]
    first, second = (more - fewer for fewer, more in pairwise(counts))

    assert THOUSANDS[1] - THOUSANDS[0] == WRITTEN_AT_ONCE
    assert first == second
    # SQLite takes a thousand values at a time.
    assert first <= (20 if connection.vendor == "postgresql" else 100)


def look_and_take_back(job):
    """As the page of the act shows it, then as the worker does it."""
    undo = undo_of(job)
    list(stays.shown(stays.as_kept(undo.parts())))
    undo.lock()
    undo.write(lambda done, rows: None)
    undo.tell_lines(undo.parts())


@pytest.mark.parametrize(
    ("sort", "importer", "lines"),
    [
        pytest.param(Sort.ROSTER, lambda: Roster(COMMUNES, complete=False), of_children, id="roster"),
        pytest.param(Sort.DIRECTORY, DirectoryImporter, of_clubs, id="directory"),
    ],
)
def test_to_take_it_back_asks_the_same_of_each_thousand_lines(sort, importer, lines):
    """Of an import of eighty thousand, the undo is a task of the queue: its cost is by batches too."""

    def cost(count):
        with transaction.atomic():
            job = make_import(sort=sort, stage=Stage.DONE, confirmed_by=make_user(is_staff=True))
            importer().apply(lambda: lines(count), lambda done, rows: None).written.keep(job)
            queries = asked(partial(look_and_take_back, job))
            transaction.set_rollback(True)
        return queries

    few, more, most = map(cost, THOUSANDS)
    assert most - more == more - few
    # SQLite takes a thousand values at a time, and so does each cascade of Django there.
    assert most - more <= (127 if connection.vendor == "postgresql" else 400)
