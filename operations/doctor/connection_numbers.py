"""How many connections the processes may open, and how many PostgreSQL gives."""

import runpy

from django.conf import settings
from django.db import connection

from . import database
from .findings import Wrong
from .pooler import behind_pooler

# What the workers (two, and one for an import to tell how far it is), a nightly command and an operator take.
BESIDE_THE_PAGES = 5


def check() -> str:
    if connection.vendor != "postgresql":
        return "sans objet"
    gunicorn = runpy.run_path(str(settings.BASE_DIR / "deploy" / "gunicorn.conf.py"))
    pool: int = connection.settings_dict["OPTIONS"]["pool"]["max_size"]
    wanted = gunicorn["workers"] * pool + BESIDE_THE_PAGES
    most, reserved = map(
        int,
        database.first_row(
            "SELECT current_setting('max_connections'), current_setting('superuser_reserved_connections')"
        ),
    )
    if settings.DATABASE_POOLER:
        return behind_pooler(wanted * len(settings.DATABASES), given=most - reserved)
    if wanted > most - reserved:
        raise Wrong(
            f"{wanted} connexions au plus ({gunicorn['workers']} processus × {pool}, + {BESIDE_THE_PAGES}), "
            f"PostgreSQL en donne {most - reserved}",
            "augmentez max_connections, ou baissez WEB_CONCURRENCY (docs/exploitation.md)",
        )
    return f"{wanted} au plus, sur {most - reserved}"
