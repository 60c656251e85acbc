from django.conf import settings
from django.db import connection

from operations.backups import keys

from .findings import Wrong


def check() -> str:
    """Anybody encrypts for a public key: without a signature nothing says whose copy comes back."""
    if connection.vendor != "postgresql" or not settings.BACKUP_KEYS:
        return "cette machine n’en fait pas"
    remedy = "« openssl rand -base64 32 » en fait une : une copie au coffre, jamais avec les sauvegardes"
    try:
        key = keys.public_key()
    except keys.BadKey as trouble:
        raise Wrong(str(trouble).rstrip("."), remedy) from trouble
    if not key:
        raise Wrong("les sauvegardes ne sont pas signées, faute de BACKUP_SIGNING_KEY", remedy)
    return f"signées ; leur clé publique, que restore --signed-by attend ailleurs : {key}"
