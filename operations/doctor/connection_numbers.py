"""How many connections the processes may open, and how many PostgreSQL or PgBouncer give."""

import runpy
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row

from . import database
from .findings import Wrong

# What deliver, run_imports (two), a nightly command and an operator take beside the pages.
BESIDE_THE_PAGES = 5


def check() -> str:
    if connection.vendor != "postgresql":
        return "sans objet"
    gunicorn = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))
    pool: int = connection.settings_dict["OPTIONS"]["pool"]["max_size"]
    if pool < gunicorn["threads"]:
        raise Wrong(
            f"DATABASE_POOL={pool}, mais un processus a {gunicorn['threads']} fils",
            f"mettez DATABASE_POOL={gunicorn['threads']} au moins",
        )
    wanted = gunicorn["workers"] * pool + BESIDE_THE_PAGES
    most, reserved = map(
        int,
        database.first_row(
            "SELECT current_setting('max_connections'), current_setting('superuser_reserved_connections')"
        ),
    )
    if settings.DATABASE_POOLER:
        return _pooled(wanted * len(settings.DATABASES), given=most - reserved)
    if wanted > most - reserved:
        raise Wrong(
            f"{wanted} connexions au plus ({gunicorn['workers']} processus × {pool}, + {BESIDE_THE_PAGES}), "
            f"PostgreSQL en donne {most - reserved}",
            "baissez DATABASE_POOL ou WEB_CONCURRENCY, ou augmentez max_connections",
        )
    return f"{wanted} au plus, sur {most - reserved}"


def _pooled(wanted: int, *, given: int) -> str:
    """Ours end at PgBouncer, which has its own to PostgreSQL; of this host, for the others are alike."""
    facts = {row["key"]: row["value"] for row in _ask_pooler("SHOW CONFIG")}
    if facts["pool_mode"] != "transaction":
        raise Wrong(f"PgBouncer est en mode {facts['pool_mode']}", "mettez pool_mode = transaction")
    if wanted > int(facts["max_client_conn"]):
        raise Wrong(
            f"{wanted} connexions au plus vers PgBouncer, qui en accepte {facts['max_client_conn']}",
            "augmentez max_client_conn dans pgbouncer.ini",
        )
    taken = sum(
        int(row["pool_size"]) + int(row["reserve_pool"])
        for row in _ask_pooler("SHOW DATABASES")
        if row["name"] != "pgbouncer"
    )
    if taken > given:
        raise Wrong(
            f"PgBouncer ouvre jusqu’à {taken} connexions, PostgreSQL en donne {given}",
            "baissez default_pool_size dans pgbouncer.ini, ou augmentez max_connections",
        )
    return (
        f"{wanted} au plus vers PgBouncer, {taken} de lui vers PostgreSQL, qui en donne {given}"
        f"\N{NO-BREAK SPACE}: {given // taken} machines au plus"
    )


def _ask_pooler(query: str) -> list[dict[str, Any]]:
    """Its console, which `stats_users` opens to us; it knows no parameters and no transactions."""
    to_us = connection.get_connection_params()
    address = {name: to_us[name] for name in ("host", "port", "user", "password") if name in to_us}
    with psycopg.connect(
        **address, dbname="pgbouncer", autocommit=True, cursor_factory=psycopg.ClientCursor
    ) as console:
        return console.cursor(row_factory=dict_row).execute(query).fetchall()
