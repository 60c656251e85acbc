"""Descriptions of exceptions without any value: types and places."""

import traceback
from collections.abc import Iterator
from itertools import islice

from django.db import IntegrityError, OperationalError

# Their first line speaks of the program or of the database, never of what somebody typed.
MAY_SPEAK = (AttributeError, ImportError, NameError, IntegrityError, OperationalError)
LONGEST_CHAIN = 5


def description(trouble: BaseException) -> str:
    """Its traceback, the last cause first: where it went wrong, and not with which values."""
    return "\n".join(
        f"{name_of(cause)}\n{''.join(traceback.format_tb(cause.__traceback__))}".rstrip()
        for cause in causes(trouble)
    )


def causes(trouble: BaseException) -> Iterator[BaseException]:
    """The exception, what it came from, and so on. Not without end: a chain may be a circle."""

    def chain() -> Iterator[BaseException]:
        cause: BaseException | None = trouble
        while cause:
            yield cause
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)

    return islice(chain(), LONGEST_CHAIN)


def name_of(trouble: BaseException) -> str:
    kind = type(trouble)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    words = words_of(trouble)
    return f"{name}: {words}" if words else name


def words_of(trouble: BaseException) -> str:
    """The exception's text, if it cannot hold personal data."""
    return str(trouble).partition("\n")[0] if isinstance(trouble, MAY_SPEAK) else ""
