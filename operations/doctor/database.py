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
    values = first_row("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
    if "0" in values:
        raise Wrong(
            f"statement_timeout={values[0]}, lock_timeout={values[1]} : une page peut attendre sans fin",
            "passez deploy/cluster/database.sql sur le serveur principal, puis relancez PgBouncer",
        )
    return f"{values[0]} par instruction, {values[1]} pour un verrou"


def log() -> str:
    """By default it cites the row that is refused, and the words of who asked: names, addresses."""
    if connection.vendor != "postgresql":
        return "sans objet"
    values = first_row(
        "SELECT current_setting('log_error_verbosity'), current_setting('log_min_error_statement')"
    )
    if values[0] != "terse" or values[1] not in {"fatal", "panic"}:
        raise Wrong(
            f"log_error_verbosity={values[0]}, log_min_error_statement={values[1]} : "
            "le journal de PostgreSQL cite les lignes refusées, donc des familles",
            "réglez-les comme docs/deploiement.md, « 3. La base »",
        )
    return "celui de PostgreSQL ne cite personne"


def first_row(query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
