"""Rows 1 to 4: what families ask for, against the floor."""

from collections.abc import Iterator, Sequence
from statistics import median

from proof.servers.browser import Target

from . import client
from .client import Round, Wrk
from .stage import DIRECTORY, HOME, STATEMENT, WALLETS, Stage
from .table import Bar, Row, errors, kept, sample

READING = Bar(0.22, at_least=True)


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
    yield _against_floor(stage, 1, "créer un ticket", orders, rounds, bar=Bar(0.35, at_least=True))
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
    yield _against_floor(stage, 4, "connexion ÷ un Argon2id", targets, stage.duel(targets))


def _page(stage: Stage, number: int, what: str, path: str) -> Row:
    targets = stage.families.pages(path)
    return _against_floor(stage, number, what, targets, stage.duel(targets), bar=READING)


def _against_floor(
    stage: Stage,
    number: int,
    what: str,
    targets: Sequence[Target],
    rounds: tuple[list[Round], list[Round]],
    *,
    bar: Bar | None = None,
) -> Row:
    ours, floor = rounds
    statements = stage.statements.get(targets[0].path)
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
