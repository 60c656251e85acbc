import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from operations.doctor import clocks, connection_numbers, database, examination

from .faults import wrong


@pytest.mark.django_db
def test_a_database_in_order():
    assert database.answers().startswith("SQLite" if connection.vendor == "sqlite" else "PostgreSQL")
    assert database.migrations() == "toutes faites"
    assert clocks.agree()
    assert connection_numbers.check()


@pytest.mark.parametrize("check", ["Base de données", "Migrations", "check_ledger"])
def test_a_database_that_is_away(monkeypatch, check):
    def refuse(*args):
        raise OperationalError("connection refused\nIs the server running?")

    for door in ("cursor", "ensure_connection"):
        monkeypatch.setattr(f"django.db.backends.base.base.BaseDatabaseWrapper.{door}", refuse)
    monkeypatch.setattr(examination, "CHECKS", {check: examination.CHECKS[check]})
    [found] = examination.examine()

    assert found.seen == "la base ne répond pas (connection refused)"
    assert "DATABASE_URL" in found.remedy


@pytest.mark.django_db
def test_a_migration_that_is_missing():
    MigrationRecorder(connection).record_unapplied("tickets", "0001_initial")

    with wrong("1 migrations manquent, dont tickets.0001_initial", "manage.py migrate"):
        database.migrations()


@pytest.mark.parametrize("told", [("0", "5s"), ("10s", "0")])
def test_limits_that_nobody_has_set(on_postgresql, told):
    on_postgresql(*told)
    with wrong(f"statement_timeout={told[0]}, lock_timeout={told[1]}", "deploy/cluster/database.sql"):
        database.limits()

    on_postgresql("10s", "5s")
    assert database.limits() == "10s par instruction, 5s pour un verrou"


@pytest.mark.django_db
def test_the_limits_of_this_database():
    assert database.limits() == (
        "10s par instruction, 5s pour un verrou" if connection.vendor == "postgresql" else "sans objet"
    )


@pytest.mark.parametrize("told", [("default", "error"), ("terse", "error"), ("verbose", "panic")])
def test_a_log_that_cites_families(on_postgresql, told):
    on_postgresql(*told)
    with wrong(f"log_error_verbosity={told[0]}, log_min_error_statement={told[1]}", "docs/deploiement.md"):
        database.log()

    on_postgresql("terse", "panic")
    assert database.log() == "celui de PostgreSQL ne cite personne"


@pytest.mark.django_db
def test_the_log_of_this_database_can_be_asked_for():
    if connection.vendor == "postgresql":
        with wrong("log_error_verbosity=default", "La base"):
            database.log()
    else:
        assert database.log() == "sans objet"
