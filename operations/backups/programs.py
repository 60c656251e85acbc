"""pg_dump, pg_restore, psql and age: whether they are there, and how they reach the database."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from . import keys


class BackupRefused(Exception):
    """Its text is a French sentence."""


def require_sound_keys(signed_by: Sequence[str] = ()) -> None:
    try:
        keys.known_keys(signed_by)
    except keys.BadKey as trouble:
        raise BackupRefused(str(trouble)) from trouble


def decrypt(copy: Path, identity: Path) -> list[str]:
    return ["age", "--decrypt", f"--identity={identity}", str(copy)]


def require(*tools: str) -> None:
    if connection.vendor != "postgresql":
        raise BackupRefused(
            "Seule une base PostgreSQL se sauvegarde ainsi ; SQLite est un fichier, à copier."
        )
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        raise BackupRefused(f"Il manque {', '.join(missing)} : deploy/system-packages backup l’installe.")


def server_release() -> int:
    """The major version of PostgreSQL there."""
    return connection.get_database_version()[0]


def server() -> tuple[list[str], dict[str, str]]:
    """The address of the database for its programs: arguments, and secrets in the environment."""
    [_, *where], environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return where, os.environ | (environment or {})
