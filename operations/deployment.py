"""What `manage.py check --deploy` refuses beside what Django does: before a release and before a reload."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_database(**options: Any) -> list[CheckMessage]:
    """SQLite is for a trial: one writer at a time, no backups, and nothing but the code keeps the ledger."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    return [
        Error(
            "La base est SQLite, qui est celle d’un essai : en production, PostgreSQL.",
            hint="Donnez DATABASE_URL=postgres://… dans .env (docs/deploiement.md).",
            id="passplus.E002",
        )
    ]
