"""Children and accounts are found by any part of their names, and accounts by their telephone."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("accounts_beneficiary", "accounts_user")


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(
                f"CREATE INDEX {table}_folded ON {table} "
                "USING gin (core_folded(last_name || ' ' || first_name) gin_trgm_ops)"
            )


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX {table}_folded")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0035_merged_accounts"), ("core", "0004_folded")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                fields=["phone"], condition=models.Q(("phone", ""), _negated=True), name="accounts_user_phone"
            ),
        ),
    ]
