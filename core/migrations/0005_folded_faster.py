"""`core_folded` looks first whether a text has any letter beyond ASCII, then any beyond those of French.

`translate` compares each letter of a text with each of its table: with two hundred, a name took 30 µs, and
its index of trigrams asks for each name again that it finds. The answers are the same: indexes stay.
"""

from importlib import import_module

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

before = import_module("core.migrations.0004_folded")

SIGNS = "-.,/()''"
BLANKS = " " * 7
FRENCH, PLAIN = "éèëêïîçàâôûüùÉÈËÊÏÎÇÀÂÔÛÜÙ’", "eeeeiicaaouuueeeeiicaaouuu "
ASCII = f"lower(translate($1, '{SIGNS}', '{BLANKS}'))"
OF_FRENCH = f"translate($1, '{FRENCH}{SIGNS}', '{PLAIN}{BLANKS}')"


def _is_ascii(text: str) -> str:
    return f"octet_length({text}) = length({text})"


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        body = (
            f"CASE WHEN {_is_ascii('$1')} THEN {ASCII} "
            f"WHEN {_is_ascii(OF_FRENCH)} THEN lower({OF_FRENCH}) ELSE {before.folded()} END"
        )
        schema_editor.execute(f"CREATE OR REPLACE {before.function(body)}")


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE OR REPLACE {before.function(before.folded())}")


class Migration(migrations.Migration):
    dependencies = [("core", "0004_folded")]

    operations = [migrations.RunPython(forwards, backwards)]
