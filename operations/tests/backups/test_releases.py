"""A backup of a newer PostgreSQL: the sentence says what is too old, and nothing has changed."""
# ruff: noqa: S603 – programs of the system, asked in our own words

import subprocess

import pytest
from django.core.management import CommandError

from operations.backups import releases
from operations.backups.programs import decrypt
from tickets.tests.factories import make_ticket

from .copies import on_postgresql, public, restore, rewrite, save, tables
from .test_spoiled import of_half_a_dump

# After « PGDMP » and the major version of the format.
MINOR_VERSION = 6


def of_a_newer_format(copy, place):
    clear = bytearray(subprocess.run(decrypt(copy, place.key), check=True, capture_output=True).stdout)
    clear[MINOR_VERSION] = 99
    encrypt = ["age", "--recipient", public(place.key)]
    copy.write_bytes(subprocess.run(encrypt, input=clear, check=True, capture_output=True).stdout)
    rewrite(copy)


@on_postgresql
def test_pg_restore_is_too_old(place, another_database):
    """newcomer.md 16: « La base a refusé » was said of what the database never saw."""
    copy = save(place)
    of_a_newer_format(copy, place)
    another_database()

    with pytest.raises(CommandError, match=r"plus récent que le pg_restore d’ici \(\d+\)"):
        restore(copy, place)
    assert tables() == []


@on_postgresql
def test_the_database_is_too_old(place, another_database, monkeypatch):
    """newcomer.md 16: pg_restore of 17 asks a server of 15 for what it does not know."""
    make_ticket()
    copy = save(place)
    monkeypatch.setattr(releases, "server_release", lambda: 9)
    another_database()

    with pytest.raises(CommandError, match=r"vient de PostgreSQL \d\d, et la base d’ici est un PostgreSQL 9"):
        restore(copy, place)
    assert tables() == []


@on_postgresql
def test_what_refuses_is_said_to_be_older_than_pg_restore(place, another_database, monkeypatch):
    """newcomer.md 16: a server of 15 knows no `transaction_timeout`, which pg_restore sets since 17."""
    copy = save(place)
    of_half_a_dump(copy, place)
    monkeypatch.setattr(releases, "tools_release", lambda: 99)
    another_database()

    with pytest.raises(CommandError, match=r"La base a refusé.* pg_restore d’ici \(99\) est plus récent"):
        restore(copy, place)
