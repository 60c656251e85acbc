"""PostgreSQL itself refuses to change or delete what was paid. (On SQLite only the models do.)

Payments and lines may be let go, once: `released_at`, and nothing else. Beside that, the one row of rules.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WRITTEN_ONCE = ("payments_correction", "payments_outcome", "payments_batchfile")
LET_GO_ONCE = ("payments_payment", "payments_line")

FUNCTIONS = """
CREATE FUNCTION payments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '_is_append_only', ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION payments_let_go_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NULL AND NEW.released_at IS NOT NULL
       AND to_jsonb(OLD) - 'released_at' = to_jsonb(NEW) - 'released_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '_is_append_only', ERRCODE = 'integrity_constraint_violation';
END $$;
"""
NO_FUNCTIONS = "DROP FUNCTION payments_let_go_only(); DROP FUNCTION payments_refuse_change();"
CHANGE = "CREATE TRIGGER {0}_is_append_only BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();"
LET_GO = """
CREATE TRIGGER {0}_is_append_only BEFORE UPDATE ON {0} FOR EACH ROW EXECUTE FUNCTION payments_let_go_only();
CREATE TRIGGER {0}_is_not_deleted BEFORE DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
"""


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTIONS)
    for table in WRITTEN_ONCE:
        schema_editor.execute(CHANGE.format(table))
    for table in LET_GO_ONCE:
        schema_editor.execute(LET_GO.format(table))


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in WRITTEN_ONCE + LET_GO_ONCE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_append_only ON {table}")
    for table in LET_GO_ONCE:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_not_deleted ON {table}")
    schema_editor.execute(NO_FUNCTIONS)


def make_rules(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("payments", "Rules").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]

    operations = [
        # Before the triggers: PostgreSQL alters no table with events that wait.
        migrations.RunPython(make_rules, migrations.RunPython.noop),
        migrations.RunPython(forwards, backwards),
    ]
