import pytest
from django.db import connection

from operations.backups import keys
from operations.doctor import backup_keys

from .faults import wrong


@pytest.mark.skipif(connection.vendor != "postgresql", reason="saves PostgreSQL")
def test_who_signs_the_backups(settings):
    """security.md F24."""
    settings.BACKUP_KEYS, settings.BACKUP_SIGNING_KEY = [], ""
    assert backup_keys.check() == "cette machine n’en fait pas"

    settings.BACKUP_KEYS = ["age1"]
    with wrong("ne sont pas signées", "openssl rand -base64 32"):
        backup_keys.check()
    settings.BACKUP_SIGNING_KEY = "court"
    with wrong("BACKUP_SIGNING_KEY n’est pas une clé"):
        backup_keys.check()
    settings.BACKUP_SIGNING_KEY = "b2" * 21 + "8="
    assert settings.BACKUP_SIGNING_KEY not in backup_keys.check()
    assert keys.public_key() in backup_keys.check()
