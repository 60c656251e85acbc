"""One task as the worker does it, against the same statements sent by psycopg alone."""

import os
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

import psutil
import psycopg
from django.core import mail
from django.db import connection
from django_tasks_db.models import DBTaskResult
from post_office.models import Email

from core import delivery, tasks
from core.tasks import Queue
from proof.servers.servers import cpu, postgresql

from .capture import recorded
from .floor import Fresh, Statement

WARM = 50


def main(rounds: str, number: str) -> dict[str, Any]:
    """The medians of so many rounds, of so many e-mails each: seconds, and seconds of processor."""
    DBTaskResult.objects.all().delete()
    Email.objects.all().delete()
    _write(2 * (int(rounds) * int(number) + WARM) + 2)
    worker = tasks.Worker([Queue.MAIL])
    with delivery.kept_open(), _bare() as bare:
        statements = _statements(worker)
        sides: dict[str, Callable[[], object]] = {
            "ours": worker.run_next,
            "floor": lambda: replay(bare, statements),
        }
        for do in sides.values():
            _round(do, WARM)
        seen: dict[str, list[dict[str, float]]] = {"ours": [], "floor": []}
        for _ in range(int(rounds)):
            for side, do in sides.items():
                seen[side].append(_round(do, int(number)))
    if DBTaskResult.objects.exists():
        raise RuntimeError(f"{DBTaskResult.objects.count()} tâches restent")
    medians = {
        side: {name: median(one[name] for one in some) for name in ("wall", "cpu")}
        for side, some in seen.items()
    }
    return {"statements": len(statements), "rounds": seen, **medians}


def _write(number: int) -> None:
    """Messages as long as those to families."""
    text = "Le ticket n° 1 de Camille, de 20,00 €, a été utilisé. " * 20
    for _ in range(number):
        message = mail.EmailMultiAlternatives("Ticket utilisé", text, to=["famille@passplus.example"])
        message.attach_alternative(f"<p>{text}</p>" * 3, "text/html")
        message.send()


def _bare() -> "psycopg.Connection[Any]":
    database: dict[str, Any] = connection.get_connection_params()
    names = ("host", "port", "dbname", "user", "password")
    return psycopg.connect(**{name: database[name] for name in names if name in database}, autocommit=True)


def _statements(worker: tasks.Worker) -> list[Statement]:
    """All that a task sends, from its claim to its end; its own numbers are told apart. The second time:
    the first one makes what a process keeps.
    """
    worker.run_next()
    first = DBTaskResult.objects.ready().first()
    assert first is not None  # noqa: S101 – for mypy
    email = first.args_kwargs["kwargs"]["email_id"]
    fresh: dict[Any, Fresh] = {first.pk: Fresh.TASK, email: Fresh.ROW}
    _, sent = recorded(worker.run_next)
    return [Statement(one.sql, [_told_apart(value, fresh) for value in one.parameters]) for one in sent]


def _told_apart(value: Any, fresh: dict[Any, Fresh]) -> Any:
    is_number = isinstance(value, int | uuid.UUID) and not isinstance(value, bool)
    return fresh.get(value, value) if is_number else value


def replay(bare: "psycopg.Connection[Any]", statements: list[Statement]) -> None:
    fresh: dict[Any, Any] = {}
    cursor = bare.cursor()
    for statement in statements:
        parameters = [fresh[value] if isinstance(value, Fresh) else value for value in statement.parameters]
        cursor.execute(statement.sql, parameters or None)
        if cursor.description is None:
            continue
        rows = cursor.fetchall()
        if "FOR UPDATE" in statement.sql:
            claimed = dict(zip([column.name for column in cursor.description], rows[0], strict=True))
            fresh = {Fresh.TASK: claimed["id"], Fresh.ROW: claimed["args_kwargs"]["kwargs"]["email_id"]}


def _round(do: Callable[[], object], number: int) -> dict[str, float]:
    us, database = psutil.Process(), postgresql(os.environ["DATABASE_URL"])
    before, start = cpu(us) + cpu(database), time.perf_counter()
    for _ in range(number):
        do()
    return {
        "wall": (time.perf_counter() - start) / number,
        "cpu": (cpu(us) + cpu(database) - before) / number,
    }
