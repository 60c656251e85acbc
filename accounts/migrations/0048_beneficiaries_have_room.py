"""Each September every child goes up a class: where a page has room for it, a row that changes stays beside
what it was, and no index is written anew."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE accounts_beneficiary SET (fillfactor = 50)")


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE accounts_beneficiary RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0047_convention_acts")]

    operations = [migrations.RunPython(forwards, backwards)]
