"""The processes: gunicorn as in production but without TLS, and commands that need Django."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil
import psycopg

from core.own_database import HERE_ALONE

HOST = "127.0.0.1"
ROOT = Path(__file__).parent.parent.parent
MEBIBYTE = 2**20
PATIENCE = 60


class Failed(Exception):
    """A process did not do its work; the message is what it said."""


def environment(database: str, **more: str) -> dict[str, str]:
    """Production, whatever .env says. Each family has its own address: it comes by X-Forwarded-For."""
    ours = {
        **HERE_ALONE,
        "DEBUG": "false",
        "SECURE_PROXY": "true",
        "MAINTENANCE": "false",
        "SECRET_KEY": "of-no-use-outside-these-servers-which-listens-to-nobody-else",
        # Without TLS, and so without a line a request in the log, which would bury all the rest. As long as
        # « https://pass.example », since it is in every QR code.
        "SITE_URL": "http://passe.example",
        "EMAIL_URL": "dummymail://",
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "proof.servers.settings",
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    }
    return os.environ | ours | more


def run(*command: str, env: dict[str, str]) -> str:
    """Run a Python command to its end; return what it printed. Raises Failed."""
    done = subprocess.run(  # noqa: S603 – our own commands
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)} :\n{done.stderr}")
    return done.stdout


def manage(*command: str, env: dict[str, str]) -> None:
    run("manage.py", *command, env=env)


@contextmanager
def background(*command: str, env: dict[str, str], log: IO[str] | None = None) -> Iterator[None]:
    """Let a Python command run beside the server."""
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, stderr=log)  # noqa: S603 – our own
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def cpu(process: psutil.Process) -> float:
    """Seconds of processor that a process, its children and those it has buried have taken."""
    family = [process, *process.children(recursive=True)]
    return sum(map(_cpu_of_one, family))


def _cpu_of_one(process: psutil.Process) -> float:
    try:
        took = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(took.user + took.system + took.children_user + took.children_system)


def _memory_of_one(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except psutil.NoSuchProcess:
        return 0.0


def postgresql(database: str) -> psutil.Process:
    """The server behind that address, which is on this machine."""
    with psycopg.connect(database) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        postmaster = backend.parent()
    if postmaster is None:
        raise Failed("PostgreSQL n’est pas sur cette machine.")
    return postmaster


def free_port() -> int:
    """For who must open the door by itself."""
    with socket.create_server((HOST, 0)) as door:
        port: int = door.getsockname()[1]
    return port


@dataclass(frozen=True)
class Server:
    """A gunicorn and its workers, and the PostgreSQL that they ask, if they do."""

    port: int
    process: psutil.Process
    database: psutil.Process | None

    @property
    def cpu(self) -> float:
        """Seconds of processor that all of it has taken until now."""
        return cpu(self.process) + (cpu(self.database) if self.database else 0.0)

    @property
    def memory(self) -> float:
        """In MiB; what the processes share is counted once."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(map(_memory_of_one, family)) / MEBIBYTE


@contextmanager
def serve(application: str, env: dict[str, str], log: IO[str] | None = None) -> Iterator[Server]:
    """Serve a WSGI application with deploy/gunicorn.conf.py on a free port."""
    address = env["DATABASE_URL"]
    database = postgresql(address) if address.startswith("postgres") else None
    with socket.create_server((HOST, 0)) as door:
        process = gunicorn(door, application, env, log)
        port = door.getsockname()[1]
    try:
        wait_for(port)
        yield Server(port, process, database)
    finally:
        process.terminate()
        process.wait()


def gunicorn(
    door: socket.socket, application: str, env: dict[str, str], log: IO[str] | None = None
) -> psutil.Popen:
    """Start it behind a door that is open already, as systemd does: nobody can take the port in between."""
    return psutil.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
            *("--bind", f"fd://{door.fileno()}", "--log-level", "error", application),
        ],
        cwd=ROOT,
        env=env,
        stderr=log,
        pass_fds=[door.fileno()],
    )


def wait_for(port: int) -> None:
    """The first answer comes when the first worker is ready; a little later so are the others."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError as silence:
        raise Failed("gunicorn ne répond pas ; son message est ci-dessus.") from silence
    finally:
        connection.close()
    time.sleep(1)
