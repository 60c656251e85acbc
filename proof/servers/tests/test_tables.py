"""A database of the proofs is copied from the first that was migrated."""

import sqlite3

import pytest

from proof.servers import tables
from proof.servers.servers import Failed

pytestmark = pytest.mark.any_database


@pytest.fixture
def migrated(tmp_path, monkeypatch):
    """The databases that were migrated, and what each had before."""
    seen = []

    def migrate(*command, env):
        assert command[0] == "migrate"
        database = sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///"))
        with database:
            seen.append([name for (name,) in database.execute("SELECT name FROM sqlite_master")])
            database.execute("CREATE TABLE IF NOT EXISTS wallets_wallet (id integer)")
        database.close()

    monkeypatch.setattr(tables, "manage", migrate)
    monkeypatch.setattr(tables, "KEPT", tmp_path / "tables")
    return seen


def test_the_second_one_is_a_copy_that_is_migrated_to_its_end(migrated, tmp_path):
    for name in ("one", "other"):
        tables.make({"DATABASE_URL": f"sqlite:///{tmp_path / name}"})

    assert migrated == [[], ["wallets_wallet"]]


def test_other_migrations_begin_anew_and_the_former_copy_is_not_kept(migrated, tmp_path, monkeypatch):
    for name in ("before", "after"):
        monkeypatch.setattr(tables, "_migrations", lambda name=name: name)
        tables.make({"DATABASE_URL": f"sqlite:///{tmp_path / name}"})

    assert migrated == [[], []]
    assert [kept.name for kept in (tmp_path / "tables").glob("*.sqlite3")] == ["after.sqlite3"]


def test_one_that_failed_is_not_kept(tmp_path, monkeypatch):
    def fail(*command, env):
        raise Failed("migrate")

    monkeypatch.setattr(tables, "manage", fail)
    monkeypatch.setattr(tables, "KEPT", tmp_path / "tables")
    with pytest.raises(Failed):
        tables.make({"DATABASE_URL": f"sqlite:///{tmp_path / 'one'}"})

    assert [kept.name for kept in (tmp_path / "tables").iterdir()] == ["lock"]
