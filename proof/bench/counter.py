"""Rows 15 and 16: a counter uses tickets; the list of those that wait for it, however many they are."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from statistics import median
from typing import Any

import psycopg

from proof.servers.browser import Target, form, log_in, page
from proof.servers.inside import inside
from proof.servers.servers import Server, serve

from . import client, growth
from .client import ORDER_KEY, Round, Wrk
from .floor import NUMBER
from .pages import WRITING, against_floor
from .stage import FLOOR, Stage
from .table import Bar, Row, errors, kept, sample, shown

INSIDE = "proof.bench.counter_inside"
USE = "/organismes/{partner}/utiliser/"
LISTS = {
    "tickets à utiliser": "/organismes/{partner}/tickets/",
    "les mêmes, d’un nom": "/organismes/{partner}/tickets/?nom={name}",
}
# No family has these networks.
NETWORK = 5000
# Each is used once a round.
UNUSED = (
    "DELETE FROM tickets_notice WHERE ticket_id = ANY(%(numbers)s)",
    "DELETE FROM tickets_use WHERE ticket_id = ANY(%(numbers)s)",
    """
    UPDATE tickets_ticket SET state = 'unused', used_at = NULL, used_by_id = NULL, offer_id = NULL
    WHERE state = 'used' AND number = ANY(%(numbers)s)
    """,
)


def uses(stage: Stage) -> Iterator[Row]:
    """Row 15: paper tickets, by their codes, at counters of several organismes."""
    scale = stage.scale
    # Each side has its own: what is still on its way when its round ends troubles nobody.
    told = inside(INSIDE, "uses", scale.counters, 2 * scale.uses, env=stage.env)
    counters = _come_in(stage, told)
    targets = [_use(counters, rank, *ticket) for rank, ticket in enumerate(told["tickets"])]
    asked, answers = stage.directory / "uses.json", stage.directory / "uses.pickle"
    # Of each counter one to warm it, and the one that is looked at.
    asked.write_text(json.dumps([asdict(target) for target in targets[: 2 * scale.counters]]))
    statements = inside(INSIDE, "capture", asked, answers, env=stage.env)
    numbers = [number for number, _ in told["tickets"]]

    def play(half: slice, server: Server) -> client.Play:
        wrk, database = Wrk(stage.directory, targets[half]), stage.env["DATABASE_URL"]

        def once_more(seconds: int) -> Round:
            _unuse(database, numbers[half])
            return wrk(server, seconds)

        return once_more

    with serve(FLOOR, stage.env | {"FLOOR_ANSWERS": str(answers)}) as floor:
        ours, bare = play(slice(scale.uses), stage.app), play(slice(scale.uses, None), floor)
        seen = client.interleave(scale.rounds, scale.seconds, ours=ours, floor=bare)
    _unuse(stage.env["DATABASE_URL"], numbers)
    rounds = seen["ours"], seen["floor"]
    yield against_floor(stage, 15, "utiliser un ticket au guichet", rounds, statements, bar=WRITING)


def lists(stage: Stage) -> Iterator[Row]:
    """Row 16: the first page, and that of a name, of two organismes."""
    small, large = stage.scale.waiting
    told = inside(INSIDE, "lists", small, large, env=stage.env)
    counters = _come_in(stage, told)
    for what, path in LISTS.items():
        targets = [
            page(path.format(**one, name=told["name"]), one["cookies"], NETWORK + rank)
            for rank, one in enumerate(counters)
        ]
        asked, answers = stage.directory / "lists.json", stage.directory / "lists.pickle"
        asked.write_text(json.dumps([asdict(target) for target in targets]))
        statements = inside("proof.bench.capture", asked, answers, env=stage.env)
        few, many = (partial(Wrk(stage.directory, [it], clients=1), stage.app) for it in targets)
        seen = client.interleave(stage.scale.rounds, stage.scale.seconds, few=few, many=many)
        title = f"{what}, parmi {shown(large)} ÷ parmi {shown(small)}"
        yield _flat(title, seen["many"], seen["few"])
        few_sent, many_sent = (statements[target.path] for target in targets)
        yield Row(16, f"{what}, instructions SQL parmi {shown(large)}", many_sent, bar=Bar(few_sent))


def _flat(what: str, ours: list[Round], floor: list[Round]) -> Row:
    value = median(a.p50 / b.p50 if b.p50 else 0.0 for a, b in zip(ours, floor, strict=True))
    return Row(
        16,
        what,
        value,
        cpu=1 / client.cpu_ratio(ours, floor),
        bar=growth.FLAT,
        ours=sample(ours),
        floor=sample(floor),
        rounds=kept(ours=ours, floor=floor),
        **errors(ours, floor),
    )


def _come_in(stage: Stage, told: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """The counters, each with the cookies of its member."""
    counters: list[dict[str, Any]] = told["counters"]
    for rank, one in enumerate(counters):
        one["cookies"] = log_in(stage.app.port, one["username"], told["password"], NETWORK + rank)
    return counters


def _use(counters: Sequence[dict[str, Any]], rank: int, number: int, code: str) -> Target:
    which = rank % len(counters)
    one = counters[which]
    fields = {"key": ORDER_KEY, "way": "saisi", "code": code, "offer_sport": str(one["offer"])}
    path = USE.format(partner=one["partner"])
    return form(path, one["cookies"], NETWORK + which, "/utilisations/", **fields, **{NUMBER: str(number)})


def _unuse(database: str, numbers: Sequence[int]) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in UNUSED:
            connection.execute(statement, {"numbers": list(numbers)})
