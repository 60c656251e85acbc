"""What happens to the database meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done in between is taken back. No `atomic`: what is durable would refuse to be in it."""
    here = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(here)


@contextmanager
def unasked() -> Iterator[None]:
    """Whoever asks the database in between breaks down."""

    def refuse(_: object, sql: str, *__: object) -> None:
        raise AssertionError(sql)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that were written to, but for those that only count and remember."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        verb, _, what = sql.partition('"')
        table = what.partition('"')[0]
        if verb.strip() in {"INSERT INTO", "UPDATE", "DELETE FROM"} and table not in NOTES:
            written.append(table)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield written


NOTES = {"accounts_attempts", "accounts_reading", "accounts_securityevent", "django_session"}
