"""Writes many rows by COPY, ten times as fast as `bulk_create`. PostgreSQL alone has it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from .batches import in_batches

# Of one statement, which is not to meet statement_timeout on a busy machine.
AT_ONCE = 5_000


def copy_in(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """In the caller's transaction. `names` are of fields; a JSON value comes as its text. Only the database
    validates.
    """
    quote = connection.ops.quote_name
    columns_of = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(quote(columns_of[name]) for name in names)
    into = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        for batch in in_batches(rows, AT_ONCE):
            with cursor.copy(into) as copy:
                for row in batch:
                    copy.write_row(row)
