"""PostgreSQL itself refuses to change or delete a version of the convention that was in force."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FORWARDS = """
CREATE FUNCTION applications_convention_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'applications_convention_stays', CONSTRAINT = 'applications_convention_stays',
        ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER applications_convention_stays BEFORE UPDATE ON applications_convention FOR EACH ROW
    WHEN (OLD.in_force_at IS NOT NULL AND (
        NEW.title <> OLD.title OR NEW.text <> OLD.text OR NEW.in_force_at IS NULL
    )) EXECUTE FUNCTION applications_convention_refuse_change();
CREATE TRIGGER applications_convention_is_not_deleted BEFORE DELETE ON applications_convention FOR EACH ROW
    WHEN (OLD.in_force_at IS NOT NULL) EXECUTE FUNCTION applications_convention_refuse_change();
"""
BACKWARDS = """
DROP TRIGGER applications_convention_stays ON applications_convention;
DROP TRIGGER applications_convention_is_not_deleted ON applications_convention;
DROP FUNCTION applications_convention_refuse_change();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("applications", "0013_convention")]

    operations = [migrations.RunPython(forwards, backwards)]
