"""How long a statement may take, by kind of process; and by which address it is reached."""

import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connection, connections

from passplus import settings as ours
from passplus.databases import COMMANDS, STATEMENT_TIMEOUT, Process, as_postgresql, process_of


@pytest.mark.parametrize(
    ("typed", "process"),
    [
        ("runserver", Process.PAGES),
        ("doctor", Process.PAGES),
        ("run_tasks", Process.WORKER),
        ("check_ledger", Process.COMMAND),
        ("migrate", Process.OWNER),
    ],
)
def test_a_command_says_what_it_is(typed, process):
    assert process_of(["manage.py", typed]) is process


def test_whoever_says_nothing_serves_pages():
    """gunicorn does not pass through manage.py."""
    asked = "from passplus import databases; import passplus.wsgi; print(databases.current)"

    assert printed_by("-c", asked) == "pages"


def printed_by(*command, **variables):
    environment = os.environ | {"DEBUG": "true"} | variables
    done = subprocess.run(  # noqa: S603 – our own
        [sys.executable, *command], cwd=ours.BASE_DIR, env=environment, check=True, capture_output=True
    )
    return done.stdout.decode().strip()


ADDRESS_OF = "from django.conf import settings; d = settings.DATABASES; print(d['default']['NAME'], *d)"
ADDRESSES = {
    "DATABASE_URL": "postgres:///by_the_pooler",
    "DATABASE_REPLICA_URL": "postgres:///behind",
    "DATABASE_DIRECT_URL": "postgres:///direct",
}


def test_past_the_pooler_for_whoever_needs_longer():
    """Behind PgBouncer the limits are the role's: a command goes another way, and asks no replica."""
    as_pages = f"import passplus.wsgi; {ADDRESS_OF}"

    assert printed_by("-c", as_pages, **ADDRESSES) == "by_the_pooler default replica"
    assert (
        printed_by("manage.py", "shell", "--verbosity=0", "-c", ADDRESS_OF, **ADDRESSES) == "direct default"
    )


def test_each_worker_and_owner_is_a_command():
    listed = printed_by("manage.py", "help", "--commands").split()

    assert set(COMMANDS) <= set(listed)


@pytest.fixture
def as_kind(monkeypatch):
    """`as_kind(Process.PAGES)`: a connection to the database of the tests, as such a process opens it."""
    monkeypatch.setitem(STATEMENT_TIMEOUT, Process.PAGES, "100ms")
    opened = []

    def connect(process):
        made = as_postgresql(dict(connection.settings_dict) | {"OPTIONS": {}}, process=process)
        made["OPTIONS"]["pool"] = False
        one = connections.create_connection("default")
        one.settings_dict = made
        opened.append(one)
        return one

    yield connect
    for one in opened:
        one.close()


SLEEP = "SELECT pg_sleep(0.3)"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such limits")
def test_a_page_is_cut_short_and_a_command_is_not(as_kind):
    """code.md 3.9, admin.md 9: the night's commands lived under the ten seconds of the pages."""
    with as_kind(Process.PAGES).cursor() as cursor, pytest.raises(OperationalError, match="timeout"):
        cursor.execute(SLEEP)
    for process in (Process.WORKER, Process.COMMAND, Process.OWNER):
        with as_kind(process).cursor() as cursor:
            cursor.execute(SLEEP)
