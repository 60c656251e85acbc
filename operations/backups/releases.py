"""Which release of PostgreSQL made a copy, reads it, and takes it.

A newer PostgreSQL takes what an older one saved. The other way round pg_restore does not know the
format, or the database does not know what it is asked (`transaction_timeout`, since 17).
"""
# ruff: noqa: S603, S607 – programs of the system, asked in our own words

import os
import re
import subprocess
from pathlib import Path

from .programs import BackupRefused, decrypt, server_release

REMEDY = (
    "Restaurez-la sur une machine qui a le même PostgreSQL ou un plus récent "
    "(docs/exploitation.md, « Changer de Debian ou de PostgreSQL »). Rien n’a changé."
)


def require_release(copy: Path, identity: Path) -> None:
    """Raises BackupRefused if it comes of a newer PostgreSQL than ours. What is no archive passes."""
    here = server_release()
    with subprocess.Popen(decrypt(copy, identity), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as age:
        # Its words are looked at: in English.
        contents = subprocess.run(
            ["pg_restore", "--list"],
            stdin=age.stdout,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    if "unsupported version" in contents.stderr:
        raise BackupRefused(
            f"Cette sauvegarde vient d’un PostgreSQL plus récent que le pg_restore d’ici "
            f"({tools_release()}), qui ne sait pas la lire. {REMEDY}"
        )
    there = re.search(r"(?m)^;\s+Dumped from database version: (\d+)", contents.stdout)
    if there and int(there[1]) > here:
        raise BackupRefused(
            f"Cette sauvegarde vient de PostgreSQL {there[1]}, et la base d’ici est un PostgreSQL {here}, "
            f"plus ancien. {REMEDY}"
        )


def tools_release() -> int:
    """The release of pg_restore and pg_dump, which are one package."""
    told = subprocess.run(["pg_restore", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"\d+", told)[0])


def difference() -> str:
    """Why the database may refuse what pg_restore says, if that is newer; a sentence or nothing."""
    tools, here = tools_release(), server_release()
    if tools <= here:
        return ""
    return f" Le pg_restore d’ici ({tools}) est plus récent que la base ({here}) : {same_release(here)}."


def same_release(here: int) -> str:
    return f"installez postgresql-client-{here}, ou mettez la base sur le PostgreSQL de cette Debian"
