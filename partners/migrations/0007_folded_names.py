"""Organismes are found by any part of their names."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX partners_partner_folded ON partners_partner "
            "USING gin (core_folded(name) gin_trgm_ops)"
        )


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX partners_partner_folded")


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_offers_end"), ("core", "0004_folded")]

    operations = [migrations.RunPython(forwards, backwards)]
