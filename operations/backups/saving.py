# ruff: noqa: S603 – programs of the system, asked in our own words

import datetime as dt
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from django.db import connection, transaction
from django.utils import timezone

from . import signatures

if TYPE_CHECKING:
    pass
from .manifests import NAME, holdings, manifest_of
from .programs import BackupRefused, require, require_sound_keys, server

LONGEST_PIECE = 2**20


def make(*, directory: Path, keys: list[str]) -> Path:
    """Return the copy, which is complete or is not there. Raises BackupRefused."""
    require("pg_dump", "age")
    require_sound_keys()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = directory / timezone.now().astimezone(dt.UTC).strftime(f"{NAME}.age")
    part = copy.with_suffix(".part")
    try:
        with _snapshot() as snapshot, os.fdopen(_create(part), "wb") as file:
            holds = holdings()
            digest = hashlib.sha256()
            for piece in _encrypted_dump(snapshot, keys):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        # Its name is signed too: an old copy must not pass for the newest.
        told = {"copy": copy.name, "sha256": digest.hexdigest(), "bytes": part.stat().st_size, "holds": holds}
        manifest = told | signatures.sign(told)
        manifest_of(copy).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
        part.rename(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        manifest_of(copy).unlink(missing_ok=True)
        raise
    return copy


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _snapshot() -> Iterator[str]:
    """What pg_dump and we look at together, whatever families do meanwhile."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _encrypted_dump(snapshot: str, keys: list[str]) -> Iterator[bytes]:
    where, environment = server()
    dump = ["pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-password", *where]
    encrypt = ["age", "--encrypt", *(f"--recipient={key}" for key in keys)]
    with (
        subprocess.Popen(dump, stdout=subprocess.PIPE, env=environment) as pg_dump,
        subprocess.Popen(encrypt, stdin=pg_dump.stdout, stdout=subprocess.PIPE) as age,
    ):
        # Theirs alone: if age ends, pg_dump hears of it.
        cast(IO[bytes], pg_dump.stdout).close()
        yield from iter(lambda: cast(IO[bytes], age.stdout).read(LONGEST_PIECE), b"")
    if age.returncode:
        raise BackupRefused("age n’a pas chiffré ; ce qu’il en dit est ci-dessus. Rien n’est sauvegardé.")
    if pg_dump.returncode:
        raise BackupRefused("pg_dump a échoué ; ce qu’il en dit est ci-dessus. Rien n’est sauvegardé.")
