"""Sees what Pass+ sends to PostgreSQL for a request, and what it answers: that is what the floor does too.

Nothing of it is typed by hand, so the floor follows the application: a statement less here is one less there.
"""

import json
import pickle
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from proof.servers.browser import FORM, Target
from proof.servers.servers import HOST
from tickets.models import Ticket

from .client import ORDER_KEY
from .floor import Answer, Fresh, Statement

Answered = TypeVar("Answered")
BOUNDARIES = {"BEGIN", "COMMIT", "ROLLBACK"}
# gunicorn says these itself.
OF_THE_CONNECTION = {"Connection", "Date", "Server"}


class Recorder:
    """The statements with their parameters. A server-side cursor is kept as the query that it is for."""

    def __init__(self) -> None:
        self.sent: list[Statement] = []
        # What the last statement with RETURNING returned.
        self.returned: str | None = None

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
    ) -> Any:
        if many:
            raise TypeError(f"One statement with many parameters: the floor sends one with one. {sql}")
        result = execute(sql, params, many, context)
        parameters = [Fresh.RETURNED if self._is_returned(value) else value for value in params or ()]
        self.sent.append(Statement(sql, parameters))
        if "RETURNING" in sql:
            self.returned = context["cursor"].pgresult.get_value(0, 0).decode()
        return result

    def _is_returned(self, value: Any) -> bool:
        return isinstance(value, int) and str(value) == self.returned


def recorded(ask: Callable[[], Answered]) -> tuple[Answered, list[Statement]]:
    """What was answered, and what was sent for it: only Django's own log tells of BEGIN and COMMIT."""
    recorder = Recorder()
    with connection.execute_wrapper(recorder), CaptureQueriesContext(connection) as log:
        response = ask()
    told, sent = (query["sql"] for query in log.captured_queries), iter(recorder.sent)
    return response, [Statement(text) if text in BOUNDARIES else next(sent) for text in told]


def main(asked: str, into: str) -> dict[str, int]:
    """Ask Pass+ for each target of the file `asked`; return how many statements each took."""
    targets = [Target(**target) for target in json.loads(Path(asked).read_text())]
    answers = {(target.method, target.path): answer(target) for target in targets}
    Path(into).write_bytes(pickle.dumps(answers))
    return {path: len(answer.statements) for (_, path), answer in answers.items()}


def answer(target: Target, warm: Target | None = None, own: Mapping[Any, Fresh] | None = None) -> Answer:
    """The second time: the first one, or `warm`, makes what a process keeps.

    `own` is what else each request has of its own.
    """
    _ask(warm or target, str(uuid.uuid4()))
    key = str(uuid.uuid4())
    response, statements = recorded(lambda: _ask(target, key))
    if not target.is_answered_by(response.status_code, response.headers.get("Location", "")):
        raise RuntimeError(f"{target.path} : {response.status_code}")
    headers = [(name, value) for name, value in response.items() if name not in OF_THE_CONNECTION]
    headers += [("Set-Cookie", morsel.OutputString()) for morsel in response.cookies.values()]
    password = _password(target)
    return Answer(
        [] if password else _with_fresh(statements, key, own or {}),
        response.status_code,
        headers,
        response.content,
        password,
    )


def _ask(target: Target, key: str) -> HttpResponse:
    client: Any = Client(HTTP_HOST=HOST)
    headers = {name: value for name, value in target.headers.items() if name not in OF_THE_CONNECTION}
    body = target.body.replace(ORDER_KEY, key)
    response: HttpResponse = client.generic(target.method, target.path, body, FORM, headers=headers)
    return response


def _with_fresh(statements: list[Statement], key: str, own: Mapping[Any, Fresh]) -> list[Statement]:
    order = uuid.UUID(key)
    codes = Ticket.objects.filter(order=order).values_list("code", flat=True)
    tasks = DBTaskResult.objects.values_list("pk", flat=True)
    fresh: dict[Any, Fresh] = {
        order: Fresh.ORDER_KEY,
        **dict.fromkeys(codes, Fresh.CODE),
        **dict.fromkeys(tasks, Fresh.TASK),
        **own,
    }
    return [
        Statement(statement.sql, [_renewed(value, fresh) for value in statement.parameters])
        for statement in statements
    ]


def _renewed(value: Any, fresh: dict[Any, Fresh]) -> Any:
    """Plain text where Pass+ has its own kinds of text: the floor knows nothing of them."""
    if isinstance(value, list):
        return [_renewed(one, fresh) for one in value]
    if isinstance(value, str):
        value = str.__str__(value)
    is_own = isinstance(value, str | uuid.UUID | int) and not isinstance(value, bool)
    return fresh.get(value, value) if is_own else value


def _password(target: Target) -> tuple[str, str] | None:
    """Of a login: the hash that is kept, as argon2-cffi reads it, and what was typed."""
    typed = parse_qs(target.body)
    if "password" not in typed:
        return None
    [username], [password] = typed["username"], typed["password"]
    return User.objects.get(username=username).password.removeprefix("argon2"), password
