"""How each kind of process reaches its database, and how long it may ask of it. Read by the settings."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

LOCK_TIMEOUT = "5s"
# Connections a process keeps: twice its threads (deploy/gunicorn.conf.py), so that none waits for another's.
POOL = 8


class Process(StrEnum):
    """Whoever does not say what it is serves pages: the shortest limits."""

    PAGES = "pages"
    # Beside the pages, always, and taken up again where it was stopped.
    WORKER = "worker"
    # Of manage.py: some go through all there is, and nobody waits before them.
    COMMAND = "command"
    # Makes and remakes the tables.
    OWNER = "owner"


# Of one statement. `0` is without end: what a night's command reads grows with the years.
STATEMENT_TIMEOUT = {
    Process.PAGES: "10s",
    Process.WORKER: "10min",
    Process.COMMAND: "0",
    Process.OWNER: "0",
}
# What PostgreSQL believes a row costs that is read where it lies, beside one of a row of them. Its default,
# 4, is of turning disks, and of who goes through all there is. A page reads some rows, from memory or an SSD:
# it would sort ten thousand tickets that wait for an organisme to show fifty, which an index has in order.
RANDOM_PAGE_COST = {
    Process.PAGES: "1.1",
    Process.WORKER: "4",
    Process.COMMAND: "4",
    Process.OWNER: "4",
}
COMMANDS = {
    "run_tasks": Process.WORKER,
    "runserver": Process.PAGES,
    # It looks at what the pages have.
    "doctor": Process.PAGES,
    "migrate": Process.OWNER,
    "restore": Process.OWNER,
    "grant_runtime_role": Process.OWNER,
}

# The settings that may lead it elsewhere than DATABASE_URL, the first that is given.
ADDRESSES: dict[Process, tuple[str, ...]] = {
    Process.PAGES: (),
    Process.WORKER: ("DATABASE_DIRECT_URL",),
    Process.COMMAND: ("DATABASE_DIRECT_URL",),
    Process.OWNER: ("DATABASE_OWNER_URL", "DATABASE_DIRECT_URL"),
}

# What this process is. manage.py says it before the settings are read; gunicorn has nothing to say.
current = Process.PAGES


def process_of(arguments: Sequence[str]) -> Process:
    """The kind of process that `manage.py …` is."""
    return COMMANDS.get(arguments[1], Process.COMMAND) if len(arguments) > 1 else Process.COMMAND


def as_sqlite(database: dict[str, Any]) -> dict[str, Any]:
    return database | {
        "OPTIONS": {
            # A writer takes its place in the queue when it starts, not when it first writes.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "timeout": 5,
        },
        # In a file, because the race tests need several connections; beside its database, so that two
        # runs on two databases do not meet.
        "TEST": {"NAME": Path(database["NAME"]).with_suffix(".test.sqlite3")},
    }


def as_postgresql(database: dict[str, Any], *, process: Process, pooler: bool = False) -> dict[str, Any]:
    """`pooler`: PgBouncer stands between, in transaction mode."""
    # What belongs to one connection. Behind a pooler the limits belong to the role, in which
    # deploy/cluster/database.sql writes them; and what one connection has prepared another does not know.
    asked = {
        "statement_timeout": STATEMENT_TIMEOUT[process],
        "lock_timeout": LOCK_TIMEOUT,
        "random_page_cost": RANDOM_PAGE_COST[process],
    }
    own = {
        "options": " ".join(f"-c {name}={value}" for name, value in asked.items()),
        # To plan a page's statements takes the database ten times longer than to run them.
        "prepare_threshold": 2,
    }
    return database | {
        "CONN_MAX_AGE": 0,
        # A list of choices is short: what a cursor on the server costs, it never gives back.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            # What the address says after its « ? »: sslmode, for instance.
            **database.get("OPTIONS", {}),
            # Threads never wait for one another's connections: who waits so long, waits for a database that
            # is away, and then even /healthz would wait for a thread.
            "pool": {
                "min_size": 1,
                "max_size": POOL,
                "timeout": 5,
                # Then the next request tries at once. In five minutes, the default, attempts come to be half
                # a minute apart: a database that was back was not found before.
                "reconnect_timeout": 5,
            },
            "server_side_binding": True,
            **({} if pooler else own),
        },
    }
