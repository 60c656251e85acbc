"""docs/plusieurs-machines.md, served for real: what runs where, started in that order."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from proof.servers.servers import HOST, Failed, environment, free_port, manage

from . import front
from .machines import APPLICATIONS, DATABASES, EXAMPLES, Machines

PATIENCE = 90
# What HAProxy does to be root no more.
FOR_ROOT = re.compile(r"(?m)^    (log|chroot|user|group) .*\n")


class Cluster:
    """Families come to `port`."""

    def __init__(self, place: Path) -> None:
        self.machines = Machines(place)
        self.port = free_port()

    # --- Start ------------------------------------------------------------------------------------

    def start(self) -> None:
        for name in DATABASES:
            self._start_etcd(name)
        # The first one makes the database, the others copy it.
        for number, name in enumerate(DATABASES, 1):
            self._start_postgresql(name)
            wait_until(f"{name} sert", partial(self._is_joined_by, number))
        wait_until("une réplique est synchrone", lambda: "sync_standby" in self.roles().values())
        self._make_database()
        for name in APPLICATIONS:
            self._start_doors(name)
        wait_until("la base se joint", lambda: all(map(self._leads_to_primary, APPLICATIONS)))
        manage("migrate", "--noinput", "--verbosity", "0", env=self.environment("web1"))
        for name in APPLICATIONS:
            self._start_pages(name)
        wait_until("Pass+ est prêt", lambda: all(map(self._is_ready, APPLICATIONS)))
        self._start_nginx()
        wait_until("nginx répond", lambda: answers(HOST, self.port, "/accueil/"))

    def start_database(self, name: str) -> None:
        """All of a machine."""
        self._start_etcd(name)
        self._start_postgresql(name)

    def start_application(self, name: str) -> None:
        """All of a machine."""
        self._start_doors(name)
        self._start_pages(name)

    def _start_etcd(self, name: str) -> None:
        settings = self.machines.example(name, "etcd").read_text()
        self.machines.start(name, "etcd", env=dict(re.findall(r"(?m)^(\w+)=(.*)$", settings)))

    def _start_postgresql(self, name: str) -> None:
        self.machines.start(name, "patroni", self.machines.example(name, "patroni.yml"))

    def _make_database(self) -> None:
        primary, secrets = self.primary, self.machines.secrets
        script = self.machines.example(primary, "database.sql")
        command = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={script}"]
        command += [f"--set=password={secrets['PASSWORD']}", f"--host={self.machines.address(primary)}"]
        env = os.environ | {"PGPASSWORD": secrets["SUPERUSER"]}
        subprocess.run([*command, "--username=postgres", "postgres"], env=env, check=True)  # noqa: S603

    def _start_doors(self, name: str) -> None:
        """The way to the database."""
        machines = self.machines
        haproxy = FOR_ROOT.sub("", (EXAMPLES / "haproxy.cfg").read_text())
        machines.start(name, "haproxy", "-f", machines.write(name, "haproxy.cfg", haproxy))
        pgbouncer = machines.example(name, "pgbouncer.ini")
        machines.write(name, "etc/pgbouncer/userlist.txt", '"passplus" "@PASSWORD@"\n')
        machines.start(name, "pgbouncer", pgbouncer)

    def _start_pages(self, name: str) -> None:
        self.machines.start(
            name,
            *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
            *("--bind", f"{self.machines.address(name)}:8000", "--log-level", "error"),
            user=None,
            env=self.environment(name),
        )

    def _start_nginx(self) -> None:
        text = front.configuration((EXAMPLES / "upstream.conf").read_text(), self.port)
        self.machines.start(
            "front", "nginx", "-c", self.machines.write("front", "nginx.conf", text), user=None
        )

    def environment(self, name: str) -> dict[str, str]:
        """Of Pass+ on that machine."""
        here = f"postgres://passplus:{self.machines.secrets['PASSWORD']}@{self.machines.address(name)}"
        return environment(
            f"{here}:6432/passplus",
            DATABASE_REPLICA_URL=f"{here}:6432/passplus_replica",
            DATABASE_DIRECT_URL=f"{here}:5000/passplus",
        )

    # --- Look -------------------------------------------------------------------------------------

    def roles(self) -> dict[str, str]:
        """Of the database machines that serve: leader, sync_standby or replica, as Patroni says."""
        for name in DATABASES:
            try:
                members = json.loads(_ask(self.machines.address(name), 8008, "/cluster")[1])["members"]
            except (OSError, http.client.HTTPException):
                continue
            return {m["name"]: m["role"] for m in members if m["state"] in {"running", "streaming"}}
        return {}

    @property
    def primary(self) -> str:
        return next((name for name, role in self.roles().items() if role == "leader"), "")

    def _is_joined_by(self, number: int) -> bool:
        return len(self.roles()) == number

    def _is_ready(self, name: str) -> bool:
        return answers(self.machines.address(name), 8000, "/readyz")

    def _leads_to_primary(self, name: str) -> bool:
        try:
            psycopg.connect(self.environment(name)["DATABASE_URL"], connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


def _ask(host: str, port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def answers(host: str, port: int, path: str) -> bool:
    try:
        return _ask(host, port, path)[0] == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False


def wait_until(what: str, is_so: Callable[[], bool]) -> None:
    """Raises Failed."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise Failed(f"{what} : toujours pas au bout de {PATIENCE} s.")
        time.sleep(0.2)


@contextmanager
def cluster(directory: Path) -> Iterator[Cluster]:
    with TemporaryDirectory(dir=directory) as place:
        one = Cluster(Path(place))
        try:
            one.start()
            yield one
        finally:
            one.machines.stop()
