"""The rights of the runtime role in PostgreSQL: write rows, but only add to the ledger and the journal.

The tables belong to another role, which makes and remakes them. Who takes over a page cannot change their
structure, empty them, or rewrite what was written.
"""

from collections.abc import Iterator

from django.db import connection

from accounts.audit import FORGOTTEN, AuditEntry
from wallets.models import Entry

LEDGER, JOURNAL = Entry._meta.db_table, AuditEntry._meta.db_table


def grants(role: str) -> Iterator[str]:
    """The statements, to be run by the owner of the tables, once they are as they should be."""
    who = connection.ops.quote_name(role)
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {who}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}"
    yield f"REVOKE UPDATE, DELETE ON {LEDGER}, {JOURNAL} FROM {who}"
    # Who is erased is forgotten in the journal; a trigger lets nothing else be written there.
    yield f"GRANT UPDATE ({', '.join(sorted(FORGOTTEN))}) ON {JOURNAL} TO {who}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {who}"


def is_owner() -> bool:
    """Whether this very connection could change or empty the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, tableowner, 'USAGE') OR has_table_privilege(%s, 'TRUNCATE')"
            " OR has_table_privilege(%s, 'DELETE') FROM pg_tables WHERE tablename = %s",
            [LEDGER, LEDGER, LEDGER],
        )
        [owner] = cursor.fetchone()
    return bool(owner)
