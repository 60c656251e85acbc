"""Names compared without accents, capitals or signs, by the database itself.

`core_folded` is an immutable function of PostgreSQL, made by a migration, so that an index of trigrams may be
of it; on SQLite each connection is taught it.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Q, TextField

from .spelling import simplified

# Letters that the index of names knows.
TRIGRAM = 3


class Folded(Func):
    """`Folded("last_name", "first_name")`: both, with a space between, as `simplified` writes them."""

    function = "core_folded"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def has_all(words: list[str], alias: str = "folded") -> Q:
    """Each of these simplified words is in the annotation of that name, whole or as a part.

    One of one or two letters begins a word there: the index has no shorter part, and to read all names takes
    seconds.
    """
    return Q(*(_has(word, alias) for word in words))


def _has(word: str, alias: str) -> Q:
    if len(word) < TRIGRAM:
        return Q(**{f"{alias}__startswith": word}) | Q(**{f"{alias}__contains": f" {word}"})
    return Q(**{f"{alias}__contains": word})


def teach(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """For the signal `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("core_folded", 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return None if text is None else simplified(text)
