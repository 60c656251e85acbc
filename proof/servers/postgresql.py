"""A PostgreSQL of our own, which may be killed, filled and started again; as durable as in production."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil
import psycopg

from .servers import HOST, PATIENCE, Failed, free_port

# PostgreSQL refuses to be root.
OWNER = "postgres" if os.geteuid() == 0 else None
NAME = "passplus"
# For a database that is made anew each time: one password for all who are asked in this process.
PASSWORD = secrets.token_urlsafe()
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    # As on any Debian; written here because the drill stands on it.
    "fsync": "on",
    "synchronous_commit": "on",
    # What it refuses families is in the log of gunicorn.
    "log_min_messages": "fatal",
}


@dataclass
class PostgreSQL:
    directory: Path
    port: int
    log: IO[str] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    process: psutil.Popen | None = None

    @property
    def address(self) -> str:
        return f"postgres://{NAME}:{PASSWORD}@{HOST}:{self.port}/postgres"

    def start(self) -> None:
        """Return when it answers, after it has recovered what there was to recover. Raises Failed."""
        settings = SETTINGS | self.settings | {"port": str(self.port)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.process = psutil.Popen(
            [_program("postgres"), "-D", self.directory, *options],
            user=OWNER,
            cwd=self.directory,
            stderr=self.log,
            stdout=self.log,
        )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if not self.is_running or time.monotonic() > until:
                raise Failed("PostgreSQL ne démarre pas.")
            time.sleep(0.1)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def answers(self) -> bool:
        try:
            psycopg.connect(self.address, connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def checkpoint(self) -> None:
        """All that was done until now is on the disk."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def kill(self) -> None:
        """Nobody of it has the time for anything, as when the power fails."""
        assert self.process is not None  # noqa: S101 – for mypy
        everybody = [self.process, *self.process.children(recursive=True)]
        for one in everybody:
            _kill(one)
        psutil.wait_procs(everybody, timeout=PATIENCE)

    def child(self, title: str) -> psutil.Process:
        """The first of its own processes that says this of itself: « walwriter », or whom it serves."""
        assert self.process is not None  # noqa: S101 – for mypy
        return next(child for child in self.process.children() if title in " ".join(child.cmdline()))

    def stop(self) -> None:
        if self.is_running:
            assert self.process is not None  # noqa: S101 – for mypy
            # « Fast »: who is connected is not waited for.
            self.process.send_signal(signal.SIGINT)
            self.process.wait()


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def create(directory: Path) -> None:
    """Make the files of a server. Raises Failed."""
    directory.mkdir(mode=0o700)
    give(directory)
    password = directory.with_suffix(".password")
    password.write_text(PASSWORD)
    give(password)
    done = subprocess.run(  # noqa: S603 – our own command
        [
            *(_program("initdb"), "--pgdata", directory, "--username", NAME, "--pwfile", password),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        ],
        user=OWNER,
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    password.unlink()
    if done.returncode:
        raise Failed(f"initdb :\n{done.stderr}")


def move_journal(directory: Path, to: Path) -> None:
    """To another disk, while the server is stopped."""
    journal = directory / "pg_wal"
    copy(journal, to)
    shutil.rmtree(journal)
    journal.symlink_to(to)


def copy(directory: Path, to: Path) -> None:
    """The files of a server that is stopped."""
    shutil.copytree(directory, to)
    for path in (to, *to.rglob("*")):
        give(path)


def give(path: Path) -> None:
    """To who will be PostgreSQL."""
    if OWNER:
        owner = pwd.getpwnam(OWNER)
        os.chown(path, owner.pw_uid, owner.pw_gid)


@contextmanager
def running(directory: Path, log: IO[str] | None = None, **settings: str) -> Iterator[PostgreSQL]:
    """Started on a free port; stopped at the end, whatever became of it."""
    server = PostgreSQL(directory, free_port(), log, settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def release() -> str:
    """Of the newest PostgreSQL here: « 17 ». Raises Failed."""
    return _program("postgres").parts[-3]


def _program(name: str) -> Path:
    """Of the newest PostgreSQL here. Raises Failed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise Failed("Il n’y a pas de PostgreSQL sur cette machine.")
    return found[-1]
