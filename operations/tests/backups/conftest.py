# ruff: noqa: S603, S607 – programs of the system, asked in our own words

import shutil
import subprocess
from types import SimpleNamespace

import pytest
from django.db import connection

from .copies import OUR_KEY, public


@pytest.fixture
def place(tmp_path, settings):
    """Where backups go, with the key that reads them; and that of somebody else."""
    place = SimpleNamespace(
        directory=tmp_path / "backups", key=tmp_path / "key", other_key=tmp_path / "other-key"
    )
    if shutil.which("age-keygen"):
        for key in (place.key, place.other_key):
            subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
        settings.BACKUP_KEYS = [public(place.key)]
    else:  # Where nothing can be saved anyway.
        settings.BACKUP_KEYS = ["age1"]
    settings.BACKUP_DIR = str(place.directory)
    settings.BACKUP_SIGNING_KEY = OUR_KEY
    return place


@pytest.fixture
def another_database(transactional_db):
    """Call it to leave the database for a new one, with nothing in it; the test over, the old one is back."""
    first = connection.settings_dict["NAME"]
    name = f"{first}_drill"

    def go(where):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]
        connection.settings_dict["NAME"] = where

    def leave():
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        go(name)

    yield leave
    go(first)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
