"""A département on PostgreSQL, Pass+ that serves it, the floor beside it, and families who have logged in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from proof.servers import tables
from proof.servers.browser import Target, form, log_in, page, paper_ticket, stranger
from proof.servers.inside import inside
from proof.servers.servers import Server, environment, manage, serve

from . import client
from .client import ORDER_KEY, Round, Wrk
from .scale import Scale

APPLICATION = "passplus.wsgi"
FLOOR = "proof.bench.floor"

STATEMENT = "/beneficiaires/{child}/loisirs/transactions/"
WALLETS = "/beneficiaires/{child}/loisirs/porte-monnaie/"
HOME = "/beneficiaires/{child}/"
DIRECTORY = "/partenaires/?nom=danse"
PRINT = "/beneficiaires/{child}/loisirs/transactions/impression/?ticket={ticket}"


@dataclass(frozen=True)
class Families:
    """What they may ask for. `logins` are of people who have not been in yet."""

    told: dict[str, Any]
    readers: list[dict[str, Any]]
    buyers: list[dict[str, Any]]
    outside: dict[str, str]

    def pages(self, path: str) -> list[Target]:
        return [page(path.format(**one), one["cookies"], number) for number, one in enumerate(self.readers)]

    def orders(self) -> list[Target]:
        return [self.order(number) for number in range(len(self.buyers))]

    def order(self, number: int) -> Target:
        """A paper ticket of one euro."""
        one = self.buyers[number]
        return paper_ticket(
            *(one["cookies"], 1000 + number),
            child=one["child"],
            wallet=one["wallet"],
            key=ORDER_KEY,
            amount="1,00",
        )

    def logins(self) -> list[Target]:
        return [
            form(
                *("/accueil/", self.outside, 2000 + number, "/"),
                username=username,
                password=self.told["password"],
            )
            for number, username in enumerate(self.told["logins"])
        ]

    def prints(self) -> list[Target]:
        return [
            page(PRINT.format(**one, ticket=one["tickets"][0]), one["cookies"], number)
            for number, one in enumerate(self.readers)
        ]


def fill(env: dict[str, str], scale: Scale) -> None:
    """The tables, and the demonstration at this size. Only this needs DEBUG."""
    developing = env | {"DEBUG": "true"}
    tables.make(developing)
    manage("demo", *scale.demo, "--verbosity", "0", env=developing)


def come_in(server: Server, env: dict[str, str], scale: Scale) -> Families:
    """Make the families, and log in those who read and those who buy."""
    told = inside("proof.bench.families", scale.readers, scale.buyers, scale.logins, env=env)
    both = [*told["readers"], *told["buyers"]]
    for number, one in enumerate(both):
        one["cookies"] = log_in(server.port, one["username"], told["password"], number)
    return Families(told, told["readers"], told["buyers"], dict(stranger(server.port)))


@dataclass(frozen=True)
class Stage:
    env: dict[str, str]
    scale: Scale
    directory: Path
    app: Server
    floor: Server
    families: Families
    # How many statements each address took, BEGIN and COMMIT included.
    statements: dict[str, int]

    def duel(self, targets: list[Target]) -> tuple[list[Round], list[Round]]:
        """The same requests to Pass+ and to the floor, in turn."""
        wrk = Wrk(self.directory, targets)
        seen = client.interleave(
            self.scale.rounds,
            self.scale.seconds,
            ours=lambda seconds: wrk(self.app, seconds),
            floor=lambda seconds: wrk(self.floor, seconds),
        )
        return seen["ours"], seen["floor"]


@contextmanager
def on_postgresql(database: str, scale: Scale, directory: Path) -> Iterator[Stage]:
    env = environment(database)
    fill(env, scale)
    with serve(APPLICATION, env) as app:
        families = come_in(app, env, scale)
        asked, answers = directory / "asked.json", directory / "answers.pickle"
        asked.write_text(json.dumps([asdict(target) for target in _all(families)]))
        statements = inside("proof.bench.capture", asked, answers, env=env)
        with serve(FLOOR, env | {"FLOOR_ANSWERS": str(answers)}) as floor:
            yield Stage(env, scale, directory, app, floor, families, statements)


def _all(families: Families) -> list[Target]:
    """What the floor must know how to answer."""
    pages = [target for path in (STATEMENT, WALLETS, HOME, DIRECTORY) for target in families.pages(path)]
    return [*pages, *families.orders(), families.logins()[0]]
