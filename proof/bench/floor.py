"""The floor: a bare WSGI application that sends the statements of Pass+ and writes its bytes.

No ORM, no form, no template, no session: what `capture` saw Pass+ send for a request is sent again, in the
same transactions, by psycopg and its own pool; every row is read; and the answer that Pass+ gave is given.
Only what must differ from one request to the next is drawn anew: an order's key, a ticket's code, and the
ids that the database returned. A login is one verification of the password, and nothing else.

psycopg is left to its own ways: it prepares what it sends often. A query that is slow is slow on both sides,
and so flatters the ratio: the requests a second, and the statement among ten million tickets, tell of it.
"""

import os
import pickle
import secrets
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from http.client import responses
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from argon2 import PasswordHasher
from psycopg import Connection
from psycopg_pool import ConnectionPool

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Those of tickets.codes.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 13
# A field that Pass+ knows nothing of.
NUMBER = "numero_pour_le_plancher"


class Fresh(Enum):
    """A parameter that each request has of its own."""

    ORDER_KEY = "an order's key"
    CODE = "a ticket's code"
    TASK = "a task's id"
    ROW = "the row that a task is about"
    TICKET = "the number of the ticket that the request is about"
    TICKET_CODE = "its code"
    RETURNED = "what the last statement with RETURNING returned"


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: Sequence[Any] = ()


@dataclass(frozen=True)
class Answer:
    """All that Pass+ does for a request, as seen from outside."""

    statements: Sequence[Statement]
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    # A hash, and the password that it is of.
    password: tuple[str, str] | None = None


Answers = Mapping[tuple[str, str], Answer]


def make_application(answers: Answers, database: str) -> Callable[..., Iterable[bytes]]:
    """`answers` by method and address, query included."""
    pool: ConnectionPool[Connection[Any]] = ConnectionPool(
        database, min_size=1, max_size=8, kwargs={"autocommit": True}, open=True
    )
    hasher = PasswordHasher()

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        query = environ["QUERY_STRING"]
        address = f"{environ['PATH_INFO']}?{query}" if query else environ["PATH_INFO"]
        answer = answers.get((environ["REQUEST_METHOD"], address))
        if answer is None:
            start_response("404 Not Found", [])
            return []
        body = environ["wsgi.input"].read()
        if answer.password:
            hasher.verify(*answer.password)
        if answer.statements:
            with pool.connection() as connection:
                _send(answer.statements, connection, _given(body))
        start_response(f"{answer.status} {responses[answer.status]}", answer.headers)
        return [answer.body]

    return application


def _given(body: bytes) -> dict[Fresh, Any]:
    """Of a use: which ticket it is about. Pass+ finds the number by the code, and so do the statements."""
    if NUMBER.encode() not in body:
        return {}
    form = parse_qs(body.decode())
    return {Fresh.TICKET: int(form[NUMBER][0]), Fresh.TICKET_CODE: form["code"][0]}


def _send(statements: Sequence[Statement], connection: Connection[Any], given: Mapping[Fresh, Any]) -> None:
    fresh: dict[Any, Any] = {
        **given,
        Fresh.ORDER_KEY: uuid.uuid4(),
        Fresh.TASK: uuid.uuid4(),
        Fresh.CODE: "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
    }
    cursor = connection.cursor()
    for statement in statements:
        parameters = [fresh[value] if isinstance(value, Fresh) else value for value in statement.parameters]
        cursor.execute(statement.sql, parameters or None)
        if cursor.description:
            rows = cursor.fetchall()
            if "RETURNING" in statement.sql:
                fresh[Fresh.RETURNED] = rows[0][0]


if "FLOOR_ANSWERS" in os.environ:
    application = make_application(
        pickle.loads(Path(os.environ["FLOOR_ANSWERS"]).read_bytes()),  # noqa: S301 – our own file
        os.environ["DATABASE_URL"],
    )
