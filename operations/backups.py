"""Encrypted copies of the whole PostgreSQL database, and the way back.

A copy is two files: what pg_dump says, encrypted by age while it is said, and beside it a manifest of what
there is to find again, signed by the server that made it. In clear it is nowhere but in pipes. Only who
keeps the private key of age, which has no place on the server, reads it.
"""
# ruff: noqa: S603 – programs of the system, asked in our own words

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from tickets.models import Ticket
from wallets.models import Entry, Wallet

from . import backup_signatures as signatures

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

NAME = "passplus-%Y-%m-%dT%H-%M-%SZ"
LONGEST_PIECE = 2**20
# All copies are kept for so long, then the last of each day.
ALL_KEPT_FOR = dt.timedelta(days=2)


class BackupRefused(Exception):
    """Its text is a French sentence."""


def holdings() -> dict[str, int | str]:
    """What is counted before and after: nothing may be missing."""
    return {
        "porte-monnaie": Wallet.objects.count(),
        "écritures": Entry.objects.count(),
        "tickets": Ticket.objects.count(),
        "soldes": str(Wallet.objects.aggregate(sum=Sum("balance", default=0))["sum"]),
    }


# --- There ------------------------------------------------------------------------------------


def make(*, directory: Path, keys: list[str]) -> Path:
    """Return the copy, which is complete or is not there. Raises BackupRefused."""
    _require("pg_dump", "age")
    _require_sound_keys()
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


def manifest_of(copy: Path) -> Path:
    return copy.with_suffix(".json")


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
    where, environment = _server()
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


def prune(*, directory: Path, days: int) -> int:
    """Take away what is older than `days`, and, after two days, all but the last of each day."""
    now = timezone.now()
    kept: set[dt.date] = set()
    gone = 0
    for copy in sorted(directory.glob("passplus-*"), reverse=True):
        made = _made_at(copy)
        if made is None or copy.suffix == ".json" or now - made < ALL_KEPT_FOR:
            continue
        if copy.suffix == ".age" and now - made < dt.timedelta(days=days) and made.date() not in kept:
            kept.add(made.date())
            continue
        copy.unlink()
        manifest_of(copy).unlink(missing_ok=True)
        gone += 1
    return gone


def _made_at(copy: Path) -> dt.datetime | None:
    """Nothing for a file that is not ours."""
    with suppress(ValueError):
        return dt.datetime.strptime(copy.stem, NAME).replace(tzinfo=dt.UTC)
    return None


# --- And back ---------------------------------------------------------------------------------


def restore(copy: Path, *, identity: Path, overwrite: bool, unsigned: bool) -> dict[str, Any]:
    """Put it in place of an empty database, or of any with `overwrite`; all of it, or nothing.

    `unsigned`: without a signature too, as copies were made before there were any. Returns the manifest.
    Raises BackupRefused, and has changed nothing then.
    """
    _require("pg_restore", "psql", "age")
    told = _manifest(copy)
    _require_author(copy, told, unsigned=unsigned)
    _compare(copy, told)
    _read_through(copy, identity)
    tables = connection.introspection.table_names()
    if tables and not overwrite:
        raise BackupRefused(
            f"La base {connection.settings_dict['NAME']} n’est pas vide ({len(tables)} tables). "
            "--overwrite la remplace entièrement."
        )
    # None of ours may hold what is to go.
    connection.close()
    cast("DatabaseWrapper", connection).close_pool()
    _write(copy, identity, before=EMPTY if tables else "")
    return told


# As a new database has it.
EMPTY = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


def _manifest(copy: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(manifest_of(copy).read_text())
        required = {name: content[name] for name in ("sha256", "bytes", "holds")}
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise BackupRefused(f"Le manifeste {manifest_of(copy)} manque ou ne se lit pas.") from trouble
    return content | required


def _require_author(copy: Path, manifest: dict[str, Any], *, unsigned: bool) -> None:
    """`unsigned` excuses that there is no signature, never one of somebody else."""
    _require_sound_keys()
    if not signatures.is_signed(manifest):
        if unsigned:
            return
        raise BackupRefused(
            "Cette sauvegarde n’est pas signée : rien ne dit que Pass+ l’a faite. Si elle date d’avant les "
            "signatures et n’a jamais quitté vos mains, --unsigned la remet."
        )
    if not signatures.is_ours(manifest):
        raise BackupRefused(
            "Cette sauvegarde n’est pas de nous : ni BACKUP_SIGNING_KEY ni une clé de BACKUP_SIGNED_BY n’a "
            "signé son manifeste."
        )
    if manifest.get("copy") != copy.name:
        raise BackupRefused(f"Cette sauvegarde a changé de nom : elle s’appelait {manifest.get('copy')}.")


def _require_sound_keys() -> None:
    try:
        signatures.known_keys()
    except signatures.BadKey as trouble:
        raise BackupRefused(str(trouble)) from trouble


def _compare(copy: Path, manifest: dict[str, Any]) -> None:
    try:
        with copy.open("rb") as file:
            size, digest = os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as trouble:
        raise BackupRefused(f"{copy} ne se lit pas : {trouble.strerror}.") from trouble
    if size < manifest["bytes"]:
        raise BackupRefused(f"Cette sauvegarde est tronquée : {size} octets au lieu de {manifest['bytes']}.")
    if digest != manifest["sha256"]:
        raise BackupRefused("Cette sauvegarde a été modifiée : ce n’est plus celle de son manifeste.")


def _read_through(copy: Path, identity: Path) -> None:
    """To the end, for only there age knows that nothing is missing."""
    done = subprocess.run(
        _decrypt(copy, identity), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if "no identity matched" in done.stderr:
        raise BackupRefused("Cette sauvegarde n’est pas chiffrée pour cette clé.")
    if done.returncode:
        raise BackupRefused(f"Cette sauvegarde ne se déchiffre pas : {done.stderr.splitlines()[0]}.")


def _write(copy: Path, identity: Path, *, before: str) -> None:
    """In one transaction, which we end ourselves, once nobody has anything to say any more."""
    where, environment = _server()
    patience = {"PGOPTIONS": "-c lock_timeout=10s -c client_min_messages=warning"}
    write = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password", "--file=-", *where]
    read = ["pg_restore", "--file=-", "--no-owner", "--no-privileges"]
    with subprocess.Popen(
        write, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment | patience
    ) as psql:
        script = cast(IO[bytes], psql.stdin)
        # Whoever has gone says so by its return code.
        with suppress(BrokenPipeError), script:
            script.write(f"BEGIN;\n{before}".encode())
            script.flush()
            with subprocess.Popen(_decrypt(copy, identity), stdout=subprocess.PIPE) as age:
                pg_restore = subprocess.run(read, stdin=age.stdout, stdout=script, check=False)
            if age.returncode == pg_restore.returncode == 0:
                script.write(b"COMMIT;\n")
    if age.returncode or pg_restore.returncode or psql.returncode:
        raise BackupRefused("La base a refusé ; ce qu’elle en dit est ci-dessus. Rien n’a changé.")


# --- Tools ------------------------------------------------------------------------------------


def _decrypt(copy: Path, identity: Path) -> list[str]:
    return ["age", "--decrypt", f"--identity={identity}", str(copy)]


def _require(*tools: str) -> None:
    if connection.vendor != "postgresql":
        raise BackupRefused(
            "Seule une base PostgreSQL se sauvegarde ainsi ; SQLite est un fichier, à copier."
        )
    if settings.DATABASE_POOLER:
        # What pg_dump says to its connection first, an empty search_path, would stay for whoever has it next.
        raise BackupRefused(
            "PgBouncer est entre la base et nous : donnez DATABASE_DIRECT_URL, une adresse qui n’y passe pas "
            "(docs/deploiement.md, « Plusieurs machines »)."
        )
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        raise BackupRefused(f"Il manque {', '.join(missing)} : deploy/system-packages backup l’installe.")


def _server() -> tuple[list[str], dict[str, str]]:
    """Where the settings say that the database is, for its programs: arguments, and secrets apart."""
    [_, *where], environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    return where, os.environ | (environment or {})
