"""The database, its migrations, and how long it lets anybody wait."""

from typing import Any

from django.db import connection

from operations.probes import missing_migrations

from .findings import Wrong


def answers() -> str:
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version} répond"


def migrations() -> str:
    missing = missing_migrations()
    if missing:
        first = ".".join(min(missing))
        raise Wrong(f"{len(missing)} migrations manquent, dont {first}", "lancez manage.py migrate")
    return "toutes faites"


def limits() -> str:
    """Nobody waits for ever for somebody's lock. Behind a pooler the role has them, and we do not ask."""
    if connection.vendor != "postgresql":
        return "sans objet"
    told = first_row("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
    if "0" in told:
        raise Wrong(
            f"statement_timeout={told[0]}, lock_timeout={told[1]} : une page peut attendre sans fin",
            "passez deploy/cluster/database.sql sur le serveur principal, puis relancez PgBouncer",
        )
    return f"{told[0]} par instruction, {told[1]} pour un verrou"


def first_row(query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
