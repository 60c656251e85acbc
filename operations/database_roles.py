"""The rights of the runtime role in PostgreSQL: write rows, but only add to what is written once.

The tables belong to another role, which makes and remakes them. Who takes over a page cannot change their
structure, empty them, or rewrite what was written.
"""

from collections.abc import Iterator

from django.db import connection

from accounts.audit import FORGOTTEN, AuditEntry
from applications.models import Attestation, Countersignature, Signature
from applications.models.signature import FORGOTTEN as FORGOTTEN_SIGNATURE
from payments.models import BatchFile, Correction, Line, Outcome, Payment
from wallets.models import Entry

# What is written once, by table: the columns that a trigger lets change. Who is erased is forgotten, a
# payment is let go of, a file is sealed with another key.
APPEND_ONLY: dict[str, tuple[str, ...]] = {
    Entry._meta.db_table: (),
    AuditEntry._meta.db_table: tuple(sorted(FORGOTTEN)),
    Payment._meta.db_table: ("released_at",),
    Line._meta.db_table: ("released_at",),
    Correction._meta.db_table: ("reason",),
    Outcome._meta.db_table: ("reason",),
    BatchFile._meta.db_table: ("sealed",),
    Signature._meta.db_table: tuple(sorted(FORGOTTEN_SIGNATURE)),
    Countersignature._meta.db_table: (),
    Attestation._meta.db_table: (),
}


def grants(role: str) -> Iterator[str]:
    """The statements, to be run by the owner of the tables, once they are as they should be."""
    who = connection.ops.quote_name(role)
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {who}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}"
    yield f"REVOKE UPDATE, DELETE ON {', '.join(APPEND_ONLY)} FROM {who}"
    for table, columns in APPEND_ONLY.items():
        if columns:
            yield f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {who}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {who}"


def is_owner() -> bool:
    """Whether this very connection could empty any table of what is written once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(pg_has_role(current_user, tableowner, 'USAGE')"
            " OR has_table_privilege(tablename::regclass, 'TRUNCATE')"
            " OR has_table_privilege(tablename::regclass, 'DELETE'))"
            " FROM pg_tables WHERE tablename = ANY(%s)",
            [list(APPEND_ONLY)],
        )
        [owner] = cursor.fetchone()
    return bool(owner)
