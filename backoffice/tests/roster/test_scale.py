"""A long roster: progress is told, the database is asked no more."""

import pytest

from backoffice.imports.roster.importer import Roster

from .rosters import ANNE, COMMUNES, LINA, plan, roster

pytestmark = pytest.mark.django_db


def test_progress_is_told_while_it_is_read_and_written(monkeypatch):
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 2)
    monkeypatch.setattr("backoffice.imports.roster.importer.WRITTEN_AT_ONCE", 3)
    told = []
    lines = [LINA | {"Numéro d’élève": f"E{number:04}"} | ANNE for number in range(5)]
    Roster(COMMUNES, complete=False).apply(
        lambda: roster(*lines), lambda done, rows: told.append((done, rows))
    )

    assert told == [(2, 5), (4, 5), (3, 5), (5, 5)]


def test_what_is_compared_asks_the_database_the_same_for_two_and_for_fifty(django_assert_num_queries):
    def lines(count):
        return [LINA | {"Numéro d’élève": f"E{number:04}"} | ANNE for number in range(count)]

    for count in (2, 50):
        with django_assert_num_queries(7):
            plan(*lines(count))
