"""Row 8: the statement of one child, when the other tickets are ten thousand, a million, ten millions.

One database for each size, so that they are asked in turn. All other children are copies of one family, row
by row, with ids further on: so PostgreSQL makes them itself, in minutes, and every constraint holds.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from proof.servers.browser import Target
from proof.servers.servers import environment, manage, serve

from . import client
from .client import Round, Wrk
from .scale import LARGEST, TICKETS_OF_A_READER, Scale
from .stage import APPLICATION, STATEMENT, Families, come_in, fill
from .table import Bar, Row, errors, kept, sample, shown

FLAT = Bar(1.15)
# The first family, and the few others beside it, have no id as large as this.
STRIDE = 1000
MODEL: dict[str, Any] = {
    "partners": 0,
    "beneficiaries": 20,
    "tickets": 0,
    "readers": 1,
    "buyers": 0,
    "logins": 0,
}

# What a copy has of its own; the rest it has from the model. `n` is its rank, `model` the row copied.
SHIFTED = "model.{column} + n * {stride}"
SCATTERED = "lpad(upper(to_hex((model.number + n * {stride}) * 2654435761 %% 1099511627776)), 13, '0')"
ORDER_OF_ITS_OWN = "md5(model.{column}::text || n)::uuid"
OWN: dict[str, dict[str, str]] = {
    "accounts_user": {"id": SHIFTED, "username": "model.username || '.' || n"},
    "accounts_beneficiary": {
        "id": SHIFTED,
        "public_id": "lpad(n::text, 10, '0')",
        "pupil_number": "'COPIE' || n",
    },
    "accounts_guardianship": dict.fromkeys(["id", "user_id", "beneficiary_id"], SHIFTED),
    "wallets_wallet": dict.fromkeys(["id", "beneficiary_id"], SHIFTED),
    "wallets_entry": dict.fromkeys(["id", "wallet_id", "actor_id"], SHIFTED),
    "tickets_order": {"key": ORDER_OF_ITS_OWN, "wallet_id": SHIFTED, "actor_id": SHIFTED},
    "tickets_ticket": {
        "code": SCATTERED,
        "order_id": ORDER_OF_ITS_OWN,
        **dict.fromkeys(["number", "entry_id", "wallet_id"], SHIFTED),
    },
    "tickets_use": dict.fromkeys(["id", "ticket_id"], SHIFTED),
}
OF_A_WALLET = "wallet_id IN (SELECT id FROM wallets_wallet WHERE beneficiary_id = %(child)s)"
OF_A_TICKET = (
    "ticket_id IN (SELECT number FROM tickets_ticket JOIN wallets_wallet ON wallets_wallet.id = wallet_id "
    "WHERE beneficiary_id = %(child)s)"
)
OF_THE_MODEL: dict[str, Any] = {
    "accounts_user": "id IN (SELECT user_id FROM accounts_guardianship WHERE beneficiary_id = %(child)s)",
    "accounts_beneficiary": "id = %(child)s",
    **dict.fromkeys(["accounts_guardianship", "wallets_wallet"], "beneficiary_id = %(child)s"),
    **dict.fromkeys(["wallets_entry", "tickets_order", "tickets_ticket"], OF_A_WALLET),
    "tickets_use": OF_A_TICKET,
}
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"


def rows(database: str, scale: Scale, directory: Path) -> Iterator[Row]:
    smallest, *wanted = scale.growth
    sizes = [smallest, *(size for size in wanted if size <= LARGEST)]
    databases = {size: named(database, f"bench_{size}") for size in sizes}
    targets = grow(databases, replace(scale, **MODEL))
    seen = _ask_in_turn(databases, Wrk(directory, targets, clients=1), scale)
    yield _row(smallest, seen[smallest])
    for size in sizes[1:]:
        yield _row(size, seen[size], smallest, seen[smallest])
    for size in scale.growth[len(sizes) :]:
        yield Row(8, f"{_what(size)} : BENCH_LARGEST={LARGEST}", None, bar=FLAT)


def _what(size: int) -> str:
    return f"relevé d’un enfant parmi {shown(size)} tickets"


def _row(size: int, rounds: list[Round], smallest: int = 0, floor: list[Round] | None = None) -> Row:
    told = {"ours": sample(rounds), "rounds": kept(ours=rounds), **errors(rounds)}
    if floor is None:
        return Row(8, _what(size), client.middle(rounds, "p50"), "ms", **told)
    value = median(a.p50 / b.p50 if b.p50 else 0.0 for a, b in zip(rounds, floor, strict=True))
    return Row(8, f"{_what(size)} ÷ parmi {shown(smallest)}", value, bar=FLAT, floor=sample(floor), **told)


def _ask_in_turn(databases: dict[int, str], wrk: Wrk, scale: Scale) -> dict[int, list[Round]]:
    with ExitStack() as servers:
        plays: dict[str, client.Play] = {}
        for size, database in databases.items():
            env = environment(database, WEB_CONCURRENCY="1")
            plays[str(size)] = partial(wrk, servers.enter_context(serve(APPLICATION, env)))
        seen = client.interleave(scale.rounds, scale.seconds, **plays)
    return {int(size): rounds for size, rounds in seen.items()}


def grow(databases: dict[int, str], scale: Scale) -> list[Target]:
    """Each size from the one before; return what the family of them all asks for, in a session of theirs."""
    model = named(next(iter(databases.values())), "bench_model")
    _filled(model, scale)
    before, template = 0, _name(model)
    for size, database in databases.items():
        _create(database, template)
        if not before:
            families = _first_family(database, scale)
        child = families.readers[0]["child"]
        _copy(database, child, max(1, before // TICKETS_OF_A_READER), size // TICKETS_OF_A_READER)
        if not before:
            # What holds for these copies holds for those of the larger ones.
            manage("check_ledger", env=environment(database))
        before, template = size, _name(database)
    return families.pages(STATEMENT)


@cache
def _filled(database: str, scale: Scale) -> None:
    """Once for all the rows that begin with it: the tables take longest."""
    _create(database, "template1")
    fill(environment(database), scale)


def _first_family(database: str, scale: Scale) -> Families:
    env = environment(database)
    with serve(APPLICATION, env) as app:
        return come_in(app, env, scale)


def named(database: str, name: str) -> str:
    return urlsplit(database)._replace(path=f"/{name}").geturl()


def _name(database: str) -> str:
    return urlsplit(database).path.strip("/")


def _create(database: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(named(database, "postgres"), autocommit=True) as connection:
        connection.execute(statement.format(*map(sql.Identifier, (_name(database), template))))


def _copy(database: str, public_id: str, first: int, end: int) -> None:
    """Add the copies from `first` to before `end`, then do what autovacuum would do in the night."""
    with psycopg.connect(database, autocommit=True) as connection:
        found = connection.execute("SELECT id FROM accounts_beneficiary WHERE public_id = %s", [public_id])
        [child] = found.fetchone() or [None]
        # The copies refer to each other as the model does: looked up one by one that would take hours.
        connection.execute("SET session_replication_role = replica")
        for table, own in OWN.items():
            which = {"child": child, "first": first, "last": end - 1}
            connection.execute(_insert(connection, table, own), which)
        connection.execute("VACUUM ANALYZE")


def _insert(connection: psycopg.Connection[Any], table: str, own: dict[str, str]) -> str:
    """For all the columns that there are today: one more needs nothing here."""
    columns = [name for (name,) in connection.execute(COLUMNS, [table])]
    values = [own.get(name, "model.{column}").format(column=name, stride=STRIDE) for name in columns]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608 – our own names
        f"FROM {table} model, generate_series(%(first)s::bigint, %(last)s) n WHERE {OF_THE_MODEL[table]}"
    )
