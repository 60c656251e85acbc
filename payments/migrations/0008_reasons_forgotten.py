"""PostgreSQL lets the reason of a correction, or of an outcome, be taken out, and nothing else.

Whoever it names may be erased; sums, days and papers stay.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("payments_correction", "payments_outcome")
FUNCTION = """
CREATE FUNCTION payments_forget_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reason NOT IN ('', 'effacé') AND NEW.reason = 'effacé' THEN
        OLD.reason := NEW.reason;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '_is_append_only', ERRCODE = 'integrity_constraint_violation';
END $$;
"""
FORGETS = """
DROP TRIGGER {0}_is_append_only ON {0};
CREATE TRIGGER {0}_is_append_only BEFORE UPDATE ON {0} FOR EACH ROW EXECUTE FUNCTION payments_forget_only();
CREATE TRIGGER {0}_is_not_deleted BEFORE DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
"""
KEEPS = """
DROP TRIGGER {0}_is_not_deleted ON {0};
DROP TRIGGER {0}_is_append_only ON {0};
CREATE TRIGGER {0}_is_append_only BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION + "".join(FORGETS.format(table) for table in TABLES))


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("".join(KEEPS.format(table) for table in TABLES))
        schema_editor.execute("DROP FUNCTION payments_forget_only()")


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_sealed_files")]

    operations = [migrations.RunPython(forwards, backwards)]
