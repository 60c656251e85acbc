"""The output of pg_dump of a snapshot, encrypted by age as it comes."""
# ruff: noqa: S603 – programs of the system, asked in our own words

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast

from django.db import connection, transaction

from .programs import BackupRefused, server

LONGEST_PIECE = 2**20


@contextmanager
def snapshot_of_now() -> Iterator[str]:
    """An exported snapshot, which pg_dump and the counts of the manifest share."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def encrypted_dump(snapshot: str, keys: list[str]) -> Iterator[bytes]:
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
