"""The directory behind PgBouncer and two replicas: each transaction may be served by another one."""

import pytest
from django.db import connection, connections
from django.urls import reverse

from partners import search
from partners.models import DirectoryVersion
from partners.tests.factories import make_offer
from partners.views import open_data as pages

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is one server"),
]


@pytest.fixture
def reads(monkeypatch):
    """What was read, and whether in a transaction: alone, each statement may be another server's."""
    seen = []

    def note(owner, name):
        original = getattr(owner, name)

        def noted(*args, **kwargs):
            seen.append((name, connections["default"].in_atomic_block))
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, name, noted)

    make_offer("Judo")
    search._kept.clear()
    note(DirectoryVersion, "current")
    note(search, "_read")
    note(pages, "_listed")
    return seen


def test_an_index_and_its_version_come_from_one_server(reads):
    """code.md 3.7: the version of one replica labelled the rows of the one behind."""
    search._current_index("default")

    assert reads == [("current", False), ("current", True), ("_read", True)]


def test_a_copy_that_is_behind_does_not_make_the_index_anew(reads, monkeypatch):
    """code.md 3.7: while two replicas differed, each request read three thousand organismes."""
    search._current_index("default")
    reads.clear()
    known, in_one = DirectoryVersion.current, iter([None])
    monkeypatch.setattr(DirectoryVersion, "current", lambda **kwargs: next(in_one, known(**kwargs)))
    search._current_index("default")

    assert "_read" not in dict(reads)


@pytest.mark.parametrize("page", ["csv", "geojson"])
def test_open_data_and_their_etag_come_from_one_server(reads, client, page):
    """code.md 3.7: the same for the open data."""
    assert client.get(reverse(f"partners:{page}")).status_code == 200

    # For its ETag, for what is kept of it, and then its rows.
    assert reads == [("current", True), ("current", True), ("_listed", True)]
