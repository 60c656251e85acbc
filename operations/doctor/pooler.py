"""PgBouncer between the processes and PostgreSQL: its mode, and its numbers of connections."""

from typing import Any

import psycopg
from django.db import connection
from psycopg.rows import dict_row

from .findings import Wrong


def behind_pooler(wanted: int, *, given: int) -> str:
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
