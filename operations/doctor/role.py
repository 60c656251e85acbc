from django.db import connection

from operations import database_roles

from .findings import Wrong


def check() -> str:
    """Whoever takes over a page has its role."""
    if connection.vendor != "postgresql":
        return "sans objet"
    if database_roles.is_owner():
        raise Wrong(
            "le rôle des pages peut vider le grand livre, le journal ou les paiements",
            "donnez les tables à un autre rôle (docs/exploitation.md, « Deux rôles »)",
        )
    return "les pages ne peuvent qu’ajouter au grand livre, au journal et aux paiements"
