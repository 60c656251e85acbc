"""A database with its families, made once; each incident works on a copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import IO, Any

from proof.servers import postgresql, tables
from proof.servers.inside import inside
from proof.servers.postgresql import PostgreSQL
from proof.servers.servers import environment

_numbers = count(1)


@dataclass(frozen=True)
class Scale:
    families: int
    orders: int


FULL = Scale(families=40, orders=50)
QUICK = Scale(families=10, orders=20)


@dataclass
class Workshop:
    directory: Path
    scale: Scale
    log: IO[str]

    @property
    def told(self) -> list[dict[str, Any]]:
        """Who the families are (`world`)."""
        return self._original[1]

    @contextmanager
    def postgresql(
        self, directory: Path | None = None, journal: Path | None = None, **settings: str
    ) -> Iterator[PostgreSQL]:
        """With the families in it; in a directory of ours, its journal with the rest, or elsewhere."""
        to = directory or self.directory / str(next(_numbers))
        postgresql.copy(self._original[0], to)
        if journal:
            postgresql.move_journal(to, journal)
        with postgresql.running(to, self.log, **settings) as server:
            yield server

    @cached_property
    def _original(self) -> tuple[Path, list[dict[str, Any]]]:
        """What is copied, and who is in it."""
        directory = self.directory / "original"
        postgresql.create(directory)
        with postgresql.running(directory, self.log) as server:
            env = environment(server.address)
            tables.make(env)
            return directory, self.fill(env)

    def fill(self, env: dict[str, str]) -> list[dict[str, Any]]:
        """Make the families, in any database that has its tables; return who they are."""
        told: list[dict[str, Any]] = inside("proof.drill.world", "make", self.scale.families, env=env)
        return told
