# ruff: noqa: S603 – programs of the system, asked in our own words

import hashlib
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from django.db import connection

from . import releases, signatures
from .manifests import read_manifest
from .programs import BackupRefused, decrypt, require, require_sound_keys, server

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper


def restore(
    copy: Path, *, identity: Path, overwrite: bool, unsigned: bool, signed_by: Sequence[str] = ()
) -> dict[str, Any]:
    """Put it in place of an empty database, or of any with `overwrite`; all of it, or nothing.

    `unsigned`: without a signature too, as copies were made before there were any. `signed_by`: public keys
    whose signature is believed like this machine's own. Returns the manifest. Raises BackupRefused, and has
    changed nothing then.
    """
    require("pg_restore", "psql", "age")
    told = read_manifest(copy)
    _require_author(copy, told, unsigned=unsigned, signed_by=signed_by)
    _compare(copy, told)
    _read_through(copy, identity)
    releases.require_release(copy, identity)
    tables = connection.introspection.table_names()
    if tables and not overwrite:
        raise BackupRefused(
            f"La base {connection.settings_dict['NAME']} n’est pas vide ({len(tables)} tables). "
            "--overwrite la remplace entièrement."
        )
    # Our own connections would block DROP SCHEMA.
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


def _require_author(
    copy: Path, manifest: dict[str, Any], *, unsigned: bool, signed_by: Sequence[str]
) -> None:
    """`unsigned` excuses that there is no signature, never one of somebody else."""
    require_sound_keys(signed_by)
    if not signatures.is_signed(manifest):
        if unsigned:
            return
        raise BackupRefused(
            "Cette sauvegarde n’est pas signée : rien ne dit que ce site l’a faite. Si elle date d’avant les "
            "signatures et n’a jamais quitté vos mains, --unsigned la remet."
        )
    if not signatures.is_ours(manifest, signed_by=signed_by):
        raise BackupRefused(
            "Cette sauvegarde n’est pas de nous : ni BACKUP_SIGNING_KEY ni une clé de --signed-by n’a "
            "signé son manifeste."
        )
    if manifest.get("copy") != copy.name:
        raise BackupRefused(f"Cette sauvegarde a changé de nom : elle s’appelait {manifest.get('copy')}.")


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
        decrypt(copy, identity), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if "no identity matched" in done.stderr:
        raise BackupRefused("Cette sauvegarde n’est pas chiffrée pour cette clé.")
    if done.returncode:
        raise BackupRefused(f"Cette sauvegarde ne se déchiffre pas : {done.stderr.splitlines()[0]}.")


def _write(copy: Path, identity: Path, *, before: str) -> None:
    """In one transaction, which we end ourselves, once nobody has anything to say any more."""
    where, environment = server()
    patience = {"PGOPTIONS": "-c lock_timeout=10s -c client_min_messages=warning"}
    write = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--no-password", "--file=-", *where]
    read = ["pg_restore", "--file=-", "--no-owner", "--no-privileges"]
    with subprocess.Popen(
        write, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment | patience
    ) as psql:
        script = cast(IO[bytes], psql.stdin)
        # A process that died shows in its return code.
        with suppress(BrokenPipeError), script:
            script.write(f"BEGIN;\n{before}".encode())
            script.flush()
            with subprocess.Popen(decrypt(copy, identity), stdout=subprocess.PIPE) as age:
                pg_restore = subprocess.run(read, stdin=age.stdout, stdout=script, check=False)
            if age.returncode == pg_restore.returncode == 0:
                script.write(b"COMMIT;\n")
    if age.returncode or pg_restore.returncode or psql.returncode:
        raise BackupRefused(
            "La base a refusé ; ce qu’elle en dit est ci-dessus. Rien n’a changé." + releases.difference()
        )
