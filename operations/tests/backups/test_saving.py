import errno
import os

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from demo import family
from operations.backups import manifests

from .copies import on_postgresql, save


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_lies_there_says_nothing(place):
    family.load()
    copy = save(place)

    assert copy.read_bytes().startswith(b"age-encryption.org/v1")
    assert b"Garance" not in copy.read_bytes() + manifests.manifest_of(copy).read_bytes()
    assert {path.suffix for path in place.directory.iterdir()} == {".age", ".json"}
    assert copy.stat().st_mode & 0o777 == 0o600
    assert place.directory.stat().st_mode & 0o777 == 0o700


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("breaks", "sentence"),
    [("age", "age n’a pas chiffré"), ("pg_dump", "pg_dump a échoué")],
)
def test_a_copy_that_fails_is_not_there(place, monkeypatch, breaks, sentence):
    tools = place.key.parent / "tools"
    tools.mkdir()
    (tools / breaks).write_text("#!/bin/sh\nhead -c 100000\nexit 1\n")
    (tools / breaks).chmod(0o755)
    monkeypatch.setenv("PATH", str(tools), prepend=":")

    with pytest.raises(CommandError, match=sentence):
        save(place)
    assert list(place.directory.iterdir()) == []


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_full(place, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(CommandError, match="Rien n’est sauvegardé : "):
        save(place)
    assert list(place.directory.iterdir()) == []


def test_without_anybody_to_read_them(settings):
    settings.BACKUP_KEYS = []

    with pytest.raises(CommandError, match="BACKUP_KEYS manque"):
        call_command("backup")


def test_a_tool_that_is_missing(place, monkeypatch):
    monkeypatch.setenv("PATH", "")

    sentence = "deploy/system-packages backup" if connection.vendor == "postgresql" else "Seule une base"
    with pytest.raises(CommandError, match=sentence):
        call_command("backup")
    assert not place.directory.exists()
