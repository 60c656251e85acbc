"""What the settings make of the address of a database, with a pooler between and without."""

import pytest
from django.db import connection

from passplus import settings as ours
from passplus.databases import RANDOM_PAGE_COST, Process, as_postgresql
from passplus.tests.rooms import sources

ADDRESS = {"ENGINE": "django.db.backends.postgresql", "NAME": "passplus"}


def test_what_belongs_to_a_connection_is_asked_of_it():
    options = as_postgresql(ADDRESS, process=Process.PAGES)["OPTIONS"]

    assert "statement_timeout" in options["options"]
    assert "lock_timeout" in options["options"]
    assert "random_page_cost" in options["options"]
    assert options["prepare_threshold"]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans otherwise")
def test_a_page_reads_where_the_rows_lie():
    """Whoever goes through all there is does not: what it costs there was measured with PostgreSQL's own."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)
    assert {process for process, cost in RANDOM_PAGE_COST.items() if cost == "1.1"} == {Process.PAGES}


def test_behind_a_pooler_nothing_belongs_to_a_connection():
    database = as_postgresql(ADDRESS, process=Process.PAGES, pooler=True)

    assert not {"options", "prepare_threshold"} & set(database["OPTIONS"])
    assert database["DISABLE_SERVER_SIDE_CURSORS"]


def test_what_the_address_says_is_kept():
    asked = ADDRESS | {"OPTIONS": {"sslmode": "verify-full"}}

    assert as_postgresql(asked, process=Process.PAGES)["OPTIONS"]["sslmode"] == "verify-full"


def test_the_role_has_what_a_connection_is_asked_elsewhere():
    """deploy/cluster/database.sql says the same as the settings do without a pooler."""
    script = (ours.BASE_DIR / "deploy" / "cluster" / "database.sql").read_text()
    options = as_postgresql(ADDRESS, process=Process.PAGES)["OPTIONS"]["options"]
    for name, value in (one.split("=") for one in options.split() if one != "-c"):
        assert f"ALTER ROLE passplus SET {name} = '{value}';" in script


@pytest.mark.parametrize("forbidden", ["pg_advisory_lock", "pg_try_advisory_lock(", "LISTEN ", "SET SESSION"])
def test_nothing_is_left_in_a_session(forbidden):
    """In transaction mode the next transaction may have another one, and somebody else has this one."""
    assert [path for path in sources() if forbidden in path.read_text()] == []
