"""What an incident is: a stage of its own, and how it strikes while families order."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import ClassVar

from proof.servers.postgresql import PostgreSQL
from proof.servers.servers import Server, environment, serve

from .crowd import Crowd, Family, come_in
from .workshop import Workshop


@dataclass(frozen=True)
class Stage:
    """Where families order: `port` is the door that they knock at, `env` leads Django to the database."""

    env: dict[str, str]
    port: int
    families: list[Family]


class Incident:
    """Says how it strikes; and on what stage, where one gunicorn before one PostgreSQL is not enough."""

    title: ClassVar[str]
    # Whether families are refused something meanwhile. If not, nothing may be refused; if so, something must.
    is_felt: ClassVar[bool] = True
    # In `make test` too.
    is_quick: ClassVar[bool] = True

    crowd: ClassVar[type[Crowd]] = Crowd

    postgresql: PostgreSQL
    server: Server

    @contextmanager
    def stage(self, workshop: Workshop) -> Iterator[Stage]:
        """A PostgreSQL of its own and, before it, gunicorn as in production."""
        with self.database(workshop) as self.postgresql:
            env = environment(self.postgresql.address, **self.settings(workshop))
            with serve("passplus.wsgi", env, workshop.log) as self.server:
                yield Stage(env, self.server.port, self.families(workshop, self.server.port))

    def database(self, workshop: Workshop) -> AbstractContextManager[PostgreSQL]:
        return workshop.postgresql()

    def settings(self, workshop: Workshop) -> dict[str, str]:
        """Of Pass+, by the names of .env."""
        return {}

    def families(self, workshop: Workshop, port: int) -> list[Family]:
        """Those who are in the database, logged in by that door."""
        return [come_in(port, told) for told in workshop.told]

    def strike(self, stage: Stage, crowd: Crowd) -> None:
        """While the crowd orders; `crowd.wait_for(0.5)` waits until half of the orders are acknowledged."""
        raise NotImplementedError

    def faults(self, stage: Stage, crowd: Crowd) -> Iterator[str]:
        """After it, what else is wrong."""
        yield from ()
