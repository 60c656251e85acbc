"""PostgreSQL itself refuses to change a signature; of one that binds nobody it lets who signed be forgotten."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARDS = """
CREATE FUNCTION applications_signature_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words CONSTANT text[] := '{organisme,siret,name,capacity,email}';
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - words = to_jsonb(OLD) - words
        AND (NEW.organisme, NEW.siret, NEW.name, NEW.capacity, NEW.email)
            = ('effacé', '', 'effacé', 'effacé', 'effacé')
        AND EXISTS (
            SELECT FROM applications_application WHERE number = OLD.application_id AND state <> 'accepted'
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'applications_signature_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER applications_signature_is_append_only BEFORE UPDATE OR DELETE ON applications_signature
    FOR EACH ROW EXECUTE FUNCTION applications_signature_refuse_change();
CREATE FUNCTION applications_countersignature_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'applications_countersignature_is_append_only'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER applications_countersignature_is_append_only
    BEFORE UPDATE OR DELETE ON applications_countersignature
    FOR EACH ROW EXECUTE FUNCTION applications_countersignature_refuse_change();
"""
BACKWARDS = """
DROP TRIGGER applications_countersignature_is_append_only ON applications_countersignature;
DROP FUNCTION applications_countersignature_refuse_change();
DROP TRIGGER applications_signature_is_append_only ON applications_signature;
DROP FUNCTION applications_signature_refuse_change();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("applications", "0015_signatures")]

    operations = [migrations.RunPython(forwards, backwards)]
