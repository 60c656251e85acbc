"""PostgreSQL itself refuses to change or delete an attestation."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARDS = """
CREATE FUNCTION applications_attestation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'applications_attestation_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER applications_attestation_is_append_only BEFORE UPDATE OR DELETE ON applications_attestation
    FOR EACH ROW EXECUTE FUNCTION applications_attestation_refuse_change();
"""
BACKWARDS = """
DROP TRIGGER applications_attestation_is_append_only ON applications_attestation;
DROP FUNCTION applications_attestation_refuse_change();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("applications", "0017_attestations")]

    operations = [migrations.RunPython(forwards, backwards)]
