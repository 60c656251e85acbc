"""Which database errors are transient: busy, away, or failing over to another primary.

A transient statement may be retried; whether it was already done is a question of its own.
"""

import psycopg
from django.db import OperationalError

# PostgreSQL's classes of errors in which the server refused the statement, and the statement timeout.
REFUSED = ("25", "40", "53", "55", "57014")


def is_transient(trouble: BaseException) -> bool:
    """Whether the same statement may succeed later.

    Psycopg does not call « operational » all that a failover brings: a replica about to be promoted that
    still refuses to write, or a connection that ends in the middle of an answer.
    """
    cause = trouble.__cause__
    return (
        isinstance(trouble, OperationalError)
        or isinstance(cause, psycopg.errors.ReadOnlySqlTransaction)
        or (isinstance(cause, psycopg.InternalError) and cause.sqlstate is None)
    )


def was_rolled_back(trouble: BaseException) -> bool:
    """Whether nothing was written, for sure. A connection that ended may have ended after the commit."""
    cause = trouble.__cause__
    return not isinstance(cause, psycopg.Error) or (cause.sqlstate or "").startswith(REFUSED)
