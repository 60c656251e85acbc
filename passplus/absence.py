"""A database that is busy, away, or of which another machine becomes the primary: it comes back.

What was asked of it may be asked again; whether it was done already is another question.
"""

import psycopg
from django.db import OperationalError

# It is there, and has refused: PostgreSQL's classes of errors, and an instruction that took too long.
REFUSED = ("25", "40", "53", "55", "57014")


def is_passing(trouble: BaseException) -> bool:
    """Whether it is no fault of ours. Psycopg does not call « operational » all that a failover brings:

    a replica that is about to be promoted and still refuses to write, or a connection that ends amid an
    answer, which then makes no sense.
    """
    cause = trouble.__cause__
    return (
        isinstance(trouble, OperationalError)
        or isinstance(cause, psycopg.errors.ReadOnlySqlTransaction)
        or (isinstance(cause, psycopg.InternalError) and cause.sqlstate is None)
    )


def is_undone(trouble: BaseException) -> bool:
    """Whether nothing was written, for sure. A connection that ended may have ended after the commit."""
    cause = trouble.__cause__
    return not isinstance(cause, psycopg.Error) or (cause.sqlstate or "").startswith(REFUSED)
