"""PostgreSQL refuses to empty the ledger and the journal at once, which no trigger of a row sees."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("wallets_entry", "accounts_auditentry")
FORWARDS = """
CREATE OR REPLACE FUNCTION passplus_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '_is_append_only', ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_is_not_truncated BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION passplus_refuse_truncate();\n"
    for table in TABLES
)
BACKWARDS = (
    "".join(f"DROP TRIGGER {table}_is_not_truncated ON {table};\n" for table in TABLES)
    + "DROP FUNCTION passplus_refuse_truncate();\n"
)


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [
        ("passplus", "0008_import_two_readers"),
        ("accounts", "0005_journal_is_append_only"),
        ("wallets", "0002_entries_are_append_only"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
