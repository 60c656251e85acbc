"""A database that is busy, away, or of which another machine becomes the primary: it comes back.

What was asked of it may be asked again; whether it was done already is another question.
"""

from django.db import OperationalError
from psycopg import Error, errors

# It is there, and has refused: PostgreSQL's classes of errors, and an instruction that took too long.
REFUSED = ("25", "40", "53", "55", "57014")


def is_passing(trouble: BaseException | None) -> bool:
    """Whether it is no fault of ours.

    A replica that is about to be promoted still refuses to write: to psycopg no « operational » error.
    """
    return isinstance(trouble, OperationalError) or (
        trouble is not None and isinstance(trouble.__cause__, errors.ReadOnlySqlTransaction)
    )


def is_undone(trouble: BaseException) -> bool:
    """Whether nothing was written, for sure. A connection that broke may have broken after the commit."""
    cause = trouble.__cause__
    return not isinstance(cause, Error) or (cause.sqlstate or "").startswith(REFUSED)
