"""A database with its families, made once; each incident works on a copy."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import IO, Any

from staging import postgresql
from staging.inside import inside
from staging.postgresql import PostgreSQL
from staging.servers import environment, manage

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

    @cached_property
    def told(self) -> list[dict[str, Any]]:
        """Who the families are (`world`)."""
        facts: list[dict[str, Any]] = json.loads((self._original / "families.json").read_text())
        return facts

    @contextmanager
    def postgresql(
        self, directory: Path | None = None, journal: Path | None = None, **settings: str
    ) -> Iterator[PostgreSQL]:
        """With the families in it; in a directory of ours, its journal with the rest, or elsewhere."""
        to = directory or self.directory / str(next(_numbers))
        postgresql.copy(self._original / "data", to)
        if journal:
            postgresql.move_journal(to, journal)
        with postgresql.running(to, self.log, **settings) as server:
            yield server

    @cached_property
    def _original(self) -> Path:
        original = self.directory / "original"
        original.mkdir()
        original.chmod(0o755)
        postgresql.create(original / "data")
        with postgresql.running(original / "data", self.log) as server:
            told = self.fill(environment(server.address))
        (original / "families.json").write_text(json.dumps(told))
        return original

    def fill(self, env: dict[str, str]) -> list[dict[str, Any]]:
        """Make the tables and the families, in any database; return who they are."""
        manage("migrate", "--noinput", "--verbosity", "0", env=env)
        told: list[dict[str, Any]] = inside("drill.world", "make", self.scale.families, env=env)
        return told
