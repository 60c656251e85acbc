import shutil

from django.conf import settings
from django.db import connection

from operations.backups import releases
from operations.backups.programs import server_release

from .findings import Wrong


def check() -> str:
    """An older pg_dump saves nothing; what a newer pg_restore says, the database may not know."""
    if connection.vendor != "postgresql" or not settings.BACKUP_KEYS:
        return "cette machine n’en fait pas"
    if missing := [tool for tool in ("pg_dump", "pg_restore", "psql", "age") if not shutil.which(tool)]:
        raise Wrong(f"il manque {', '.join(missing)}", "deploy/system-packages backup les installe")
    tools, here = releases.tools_release(), server_release()
    if tools != here:
        raise Wrong(
            f"pg_dump et pg_restore sont de PostgreSQL {tools}, la base de {here}",
            f"{releases.same_release(here)} ; sinon, une sauvegarde ne se ferait ou ne se restaurerait pas",
        )
    return f"pg_dump, pg_restore et la base sont de PostgreSQL {here}"
