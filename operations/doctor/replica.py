from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from .findings import Wrong


def check() -> str:
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
