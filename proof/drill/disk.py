"""The disk is full for a while: the only one, of PostgreSQL and of gunicorn, as on a small server."""

import errno
import os
import pwd
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from proof.servers.browser import page
from proof.servers.postgresql import OWNER, PostgreSQL
from proof.servers.servers import MEBIBYTE, Failed

from .crowd import DONE, Crowd, told
from .incident import Incident, Stage
from .workshop import Workshop

# Pages that nobody has asked for before: what a worker notes of them is new too.
READ = [
    *("/beneficiaires/{child}/", "/beneficiaires/{child}/loisirs/transactions/", "/mon-compte/", "/aide/"),
    *("/beneficiaires/{child}/loisirs/porte-monnaie/", "/partenaires/"),
    *("/actualites/", "/contact/", "/accessibilite/", "/plan-du-site/", "/donnees-personnelles/"),
]
SIZE = 192 * MEBIBYTE
FULL_FOR = 10


class DiskFull(Incident):
    title = "disque plein"
    is_quick = False

    disk: Path

    def __init__(self) -> None:
        self.unread: dict[str, str] = {}

    @contextmanager
    def database(self, workshop: Workshop) -> Iterator[PostgreSQL]:
        self.disk = workshop.directory / "disk"
        with small_disk(self.disk), workshop.postgresql(self.disk / "data") as server:
            yield server

    def settings(self, workshop: Workshop) -> dict[str, str]:
        temporary = self.disk / "tmp"
        temporary.mkdir()
        return {"TMPDIR": str(temporary)}

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        crowd.wait_for(0.3)
        filling = self.disk / "filling"
        fill(filling)
        self.meanwhile(stage)
        until = time.monotonic() + FULL_FOR
        while time.monotonic() < until:
            # What PostgreSQL gives back is taken too.
            fill(filling)
            time.sleep(0.1)
        filling.unlink()
        # It gave up, if it could not write its journal: somebody, or systemd, starts it again.
        if not self.postgresql.is_running:
            self.postgresql.start()

    def meanwhile(self, stage: Stage) -> None:
        self.unread = {path: answer for path in READ if (answer := self._answer(stage, path)) != DONE}

    def _answer(self, stage: Stage, path: str) -> str:
        [family, *_] = stage.families
        return told(stage.port, page(path.format(child=family.child), family.cookies, family.number))

    def faults(self, stage: Stage, crowd: Crowd) -> Iterator[str]:
        """Who only reads needs no place on a disk."""
        yield from (f"{path} : {answer}" for path, answer in self.unread.items())


class JournalFull(DiskFull):
    """The journal is on a disk of its own. PostgreSQL, which cannot write there, stops at once."""

    title = "disque du journal plein"

    @contextmanager
    def database(self, workshop: Workshop) -> Iterator[PostgreSQL]:
        self.disk = workshop.directory / "journal"
        with small_disk(self.disk), workshop.postgresql(journal=self.disk / "pg_wal") as server:
            yield server

    def meanwhile(self, stage: Stage) -> None:
        """What is left of its last files is used up."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.postgresql.address) as connection:
            while True:
                connection.execute("SELECT pg_switch_wal()")
                connection.execute("SELECT pg_logical_emit_message(false, 'drill', 'next')")


@contextmanager
def small_disk(at: Path) -> Iterator[None]:
    """In memory. Raises Failed if we may not."""
    at.mkdir()
    owner = f",uid={pwd.getpwnam(OWNER).pw_uid}" if OWNER else ""
    _command("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755{owner}", "none", str(at))
    try:
        yield
    finally:
        _command("umount", str(at))


def fill(file: Path) -> None:
    """Write until nothing goes in any more."""
    with file.open("ab", buffering=0) as rest:
        try:
            while True:
                rest.write(bytes(os.sysconf("SC_PAGE_SIZE")))
        except OSError as full:
            if full.errno != errno.ENOSPC:
                raise


def _command(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 – our own
    if done.returncode:
        raise Failed(f"il faut être root pour avoir un petit disque à remplir : {done.stderr.strip()}")
