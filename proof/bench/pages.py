"""Rows 1 to 4: what families ask for, against the floor."""

from collections.abc import Iterator
from statistics import median

from . import client
from .client import Round, Wrk
from .stage import DIRECTORY, HOME, STATEMENT, WALLETS, Stage
from .table import Bar, Row, errors, kept, sample

READING, WRITING = Bar(0.22, at_least=True), Bar(0.35, at_least=True)


def ticket(stage: Stage) -> Iterator[Row]:
    """Row 1, on wallets that are each family's own; the same with all clients on one wallet."""
    orders = stage.families.orders()
    spread, hot = Wrk(stage.directory, orders), Wrk(stage.directory, orders[:1])
    seen = client.interleave(
        stage.scale.rounds,
        stage.scale.seconds,
        ours=lambda seconds: spread(stage.app, seconds),
        floor=lambda seconds: spread(stage.floor, seconds),
        hot=lambda seconds: hot(stage.app, seconds),
    )
    ours = seen["ours"]
    rounds = ours, seen["floor"]
    statements = stage.statements[orders[0].path]
    yield against_floor(stage, 1, "créer un ticket", rounds, statements, bar=WRITING)
    yield Row(
        1,
        f"créer un ticket, p99 ÷ p50 à {client.CLIENTS} clients",
        median(one.p99 / one.p50 if one.p50 else 0.0 for one in ours),
        bar=Bar(2.5),
        ours=sample(ours),
    )
    yield Row(
        1,
        "tous sur un porte-monnaie ÷ chacun sur le sien",
        client.ratio(seen["hot"], ours),
        bar=Bar(0.9, at_least=True),
        ours=sample(seen["hot"]),
        floor=sample(ours),
        rounds=kept(hot=seen["hot"]),
        **errors(seen["hot"]),
    )


def statement(stage: Stage) -> Iterator[Row]:
    yield _page(stage, 2, "relevé de 20 tickets", STATEMENT)


def other_pages(stage: Stage) -> Iterator[Row]:
    yield _page(stage, 3, "porte-monnaie", WALLETS)
    yield _page(stage, 3, "accueil de l’enfant", HOME)
    yield _page(stage, 3, "annuaire, « danse »", DIRECTORY)


def login(stage: Stage) -> Iterator[Row]:
    """Its floor is one verification of the password."""
    targets = stage.families.logins()
    yield against_floor(stage, 4, "connexion ÷ un Argon2id", stage.duel(targets))


def _page(stage: Stage, number: int, what: str, path: str) -> Row:
    targets = stage.families.pages(path)
    statements = stage.statements[targets[0].path]
    return against_floor(stage, number, what, stage.duel(targets), statements, bar=READING)


def against_floor(
    stage: Stage,
    number: int,
    what: str,
    rounds: tuple[list[Round], list[Round]],
    statements: int | None = None,
    *,
    bar: Bar | None = None,
) -> Row:
    ours, floor = rounds
    return Row(
        number,
        f"{what} ({statements} instructions SQL)" if statements else what,
        client.ratio(ours, floor),
        cpu=client.cpu_ratio(ours, floor),
        bar=bar,
        ours=sample(ours, stage.app.memory),
        floor=sample(floor, stage.floor.memory),
        rounds=kept(ours=ours, floor=floor),
        **errors(ours, floor),
    )
