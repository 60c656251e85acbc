import pytest
from django.db import connection

from operations.backups import releases
from operations.backups.programs import server_release
from operations.doctor import backup_tools

from .faults import wrong


@pytest.mark.skipif(connection.vendor != "postgresql", reason="saves PostgreSQL")
@pytest.mark.django_db
def test_the_tools_are_of_the_same_release_as_the_server(settings, monkeypatch):
    """newcomer.md 16: an image of Debian 13 beside a PostgreSQL 15 saved what it could not bring back."""
    settings.BACKUP_KEYS = []
    assert backup_tools.check() == "cette machine n’en fait pas"

    settings.BACKUP_KEYS = ["age1"]
    here = server_release()
    for other in (here - 1, here + 1):
        monkeypatch.setattr(releases, "tools_release", lambda other=other: other)
        with wrong(f"de PostgreSQL {other}, la base de {here}", f"postgresql-client-{here}"):
            backup_tools.check()
    monkeypatch.setattr(releases, "tools_release", lambda: here)
    assert backup_tools.check() == f"pg_dump, pg_restore et la base sont de PostgreSQL {here}"
    monkeypatch.setattr("shutil.which", lambda name: None)
    with wrong("il manque pg_dump, pg_restore, psql, age", "deploy/system-packages backup"):
        backup_tools.check()
