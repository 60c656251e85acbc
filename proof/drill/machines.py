"""The machines of « Plusieurs machines » (docs/plusieurs-machines.md), each an address of this computer.

What runs there is configured by deploy/cluster and deploy/nginx. Only what is of a place changes: the
network, here a part of 127.0.0.0/8; where a machine keeps its files; in front, the port and the certificate.
"""

import os
import pwd
import re
import secrets
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil

from proof.servers.postgresql import OWNER, release
from proof.servers.servers import HOST, ROOT

DATABASES = {"base1": 11, "base2": 12, "base3": 13}
APPLICATIONS = {"web1": 21, "web2": 22}
FRONT = {"front": 10}
NUMBERS = FRONT | DATABASES | APPLICATIONS
EXAMPLES = ROOT / "deploy" / "cluster"
NETWORK = "10.0.0."
# Where a file says that it, or its program's, is.
PLACES = re.compile(r"(?<![\w./])/(?:var/lib|var/log|run|etc)/[\w./-]+")
SECRETS = ["PASSWORD", "PATRONI", "SUPERUSER", "REPLICATION", "REWIND"]


@cache
def etcd_api() -> str:
    """Which one the Patroni that is here asks (deploy/cluster/patroni.yml says why)."""
    told = subprocess.run(["patroni", "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    return "etcd3" if int(re.findall(r"\d+", told)[0]) >= 4 else "etcd"


class Machines:
    """PgBouncer and Patroni refuse to be root's too: they and their like are whose PostgreSQL is."""

    def __init__(self, place: Path) -> None:
        self._place = place
        # Whoever does the same beside us has another one.
        self._network = f"127.{secrets.randbelow(254) + 1}.{secrets.randbelow(255)}."
        self.secrets = {name: secrets.token_hex(8) for name in SECRETS}
        self._running: dict[str, list[psutil.Popen]] = {name: [] for name in NUMBERS}
        self._own(place)
        for name in NUMBERS:
            self._own(self.root(name))

    def address(self, machine: str) -> str:
        return f"{self._network}{NUMBERS[machine]}"

    def root(self, machine: str) -> Path:
        """What is / there."""
        return self._place / machine

    def write(self, machine: str, name: str, text: str) -> Path:
        """A file there, with what the examples leave open; return it."""
        # From a loopback address one comes as 127.0.0.1, to whichever one goes.
        text = text.replace(f"{NETWORK}0/24", "127.0.0.0/8").replace(NETWORK, self._network)
        if machine in APPLICATIONS:
            text = text.replace(HOST, self.address(machine))
        # In a place, for one.
        text = text.replace("@POSTGRESQL@", release()).replace("@ETCD@", etcd_api())
        for place in PLACES.findall(text):
            self._own(self.root(machine) / Path(place[1:]).parent)
        text = PLACES.sub(lambda place: f"{self.root(machine)}{place[0]}", text)
        here = {"NAME": machine, "HERE": self.address(machine), "ROOT": str(ROOT)}
        for key, value in (here | self.secrets).items():
            text = text.replace(f"@{key}@", value)
        file = self.root(machine) / name
        file.write_text(text)
        return file

    def example(self, machine: str, name: str) -> Path:
        return self.write(machine, name, (EXAMPLES / name).read_text())

    def start(
        self,
        machine: str,
        *command: str | Path,
        user: str | None = OWNER,
        env: Mapping[str, str] | None = None,
    ) -> None:
        with (self.root(machine) / f"{Path(command[0]).name}.log").open("ab") as log:
            process = psutil.Popen(
                command,
                # Who is not us may not enter where Pass+ is.
                cwd=self.root(machine) if user else ROOT,
                env=os.environ | dict(env or {}),
                user=user,
                group=user,
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._running[machine].append(process)

    def kill(self, machine: str) -> None:
        """As if its power were cut: all that runs there, at once."""
        processes = self._processes(machine)
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes)
        self._running[machine].clear()

    def freeze(self, machine: str) -> None:
        """Nothing there answers, and nothing is closed, until `thaw`: as if it had been moved elsewhere."""
        for process in self._processes(machine):
            process.suspend()

    def thaw(self, machine: str) -> None:
        for process in self._processes(machine):
            process.resume()

    def stop(self) -> None:
        for machine in reversed(NUMBERS):
            for process in reversed(self._running[machine]):
                with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
                    process.terminate()
                    process.wait(20)
            self.kill(machine)

    def _processes(self, machine: str) -> list[psutil.Process]:
        """PostgreSQL is no child of the Patroni that started it, once that one is gone."""
        processes: list[psutil.Process] = list(self._running[machine])
        with suppress(OSError, psutil.NoSuchProcess):
            pid = self.root(machine) / f"var/lib/postgresql/{release()}/passplus/postmaster.pid"
            processes.append(psutil.Process(int(pid.read_text().split()[0])))
        for process in list(processes):
            with suppress(psutil.NoSuchProcess):
                processes += process.children(recursive=True)
        return processes

    def _own(self, place: Path) -> None:
        """Make a directory of PostgreSQL's owner, and those above it."""
        place.mkdir(parents=True, exist_ok=True)
        if OWNER:
            account = pwd.getpwnam(OWNER)
            for made in [place, *place.parents]:
                if made.is_relative_to(self._place):
                    os.chown(made, account.pw_uid, account.pw_gid)
