"""The database, its migrations, its limits, the role of the pages, the replica."""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from operations import database_roles
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


def role() -> str:
    """Whoever takes over a page has its role."""
    if connection.vendor != "postgresql":
        return "sans objet"
    if database_roles.is_owner():
        raise Wrong(
            "le rôle des pages peut vider le grand livre et le journal",
            "donnez les tables à un autre rôle (docs/deploiement.md, « Deux rôles »)",
        )
    return "les pages ne peuvent qu’ajouter au grand livre et au journal"


def replica() -> str:
    if settings.REPLICA == DEFAULT_DB_ALIAS:
        return "aucune : tout se lit sur le serveur principal"
    with connections[settings.REPLICA].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        [follows] = cursor.fetchone()
    if not follows:
        raise Wrong(
            "DATABASE_REPLICA_URL mène au serveur principal",
            "aucune réplique ne sert\N{NO-BREAK SPACE}: voyez patronictl list",
        )
    return "répond"


def first_row(query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
