"""PostgreSQL lets the words about people be taken out of a line of the journal, and still nothing else."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE = "RAISE EXCEPTION 'accounts_auditentry_is_append_only' USING ERRCODE = 'integrity_constraint_violation';"
# A column that comes later is guarded too: everything but these three must be as it was.
FORWARDS = f"""
CREATE OR REPLACE FUNCTION accounts_auditentry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words CONSTANT text[] := '{{subject,reason,details}}';
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - words = to_jsonb(OLD) - words
        AND (NEW.subject, NEW.reason, NEW.details) = ('effacé', 'effacé', '')
    THEN
        RETURN NEW;
    END IF;
    {REFUSE}
END $$;
"""
BACKWARDS = f"""
CREATE OR REPLACE FUNCTION accounts_auditentry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {REFUSE}
END $$;
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_anonymised")]

    operations = [migrations.RunPython(forwards, backwards)]
