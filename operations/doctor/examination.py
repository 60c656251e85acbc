"""The checks of `manage.py doctor`.

A check returns what it saw, or raises Wrong with the remedy. It changes nothing, and needs no other check.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.db import DatabaseError

from operations import runs

from . import (
    backup_keys,
    backup_tools,
    clocks,
    commands,
    configuration,
    connection_numbers,
    database,
    demonstration,
    disk,
    env_names,
    front,
    help_contacts,
    iban_keys,
    large_pages,
    legal_notice,
    mail,
    other_services,
    pdf,
    replica,
    role,
    static_files,
)
from .findings import Finding, Wrong


def examine() -> Iterator[Finding]:
    for name, check in CHECKS.items():
        yield _examine(name, check)


def _examine(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, check())
    except Wrong as wrong:
        return Finding(name, wrong.fault, wrong.remedy)
    except DatabaseError as trouble:
        return Finding(
            name, f"la base ne répond pas ({_first_line(trouble)})", "vérifiez DATABASE_URL et le serveur"
        )
    except Exception as trouble:  # noqa: BLE001 – one that breaks does not hide the next ones
        return Finding(
            name, f"{type(trouble).__name__}: {_first_line(trouble)}", "la vérification elle-même a échoué"
        )


def _first_line(trouble: Exception) -> str:
    return str(trouble).partition("\n")[0]


CHECKS: dict[str, Callable[[], str]] = {
    "Version": configuration.version,
    "Réglages": configuration.debug,
    "Noms des réglages": env_names.check,
    "Secret": configuration.secret_key,
    "Clé des IBAN": iban_keys.check,
    "Adresse": configuration.site_url,
    "Site": front.check,
    "Base de données": database.answers,
    "Migrations": database.migrations,
    "Horloge": clocks.agree,
    "Dates": clocks.dates,
    "Connexions": connection_numbers.check,
    "Délais": database.limits,
    "Journal de la base": database.log,
    "Rôle": role.check,
    "Démonstration": demonstration.check,
    "Mentions légales": legal_notice.check,
    "Aide": help_contacts.check,
    "Réplique": replica.check,
    "Sauvegardes": backup_keys.check,
    "Outils des sauvegardes": backup_tools.check,
    "Place": disk.check,
    "Grandes pages": large_pages.check,
    "Fichiers statiques": static_files.check,
    "PDF": pdf.check,
    "E-mails": mail.check,
    "Services d’ailleurs": other_services.check,
    **{name: partial(commands.check, name) for name in runs.DUTIES},
}
