"""`core_folded(text)`: a name without accents, capitals or signs, and the trigrams that indexes of it are of.

On SQLite it is `core.folded` that defines it, in Python, for each connection.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ACCENTED = (
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöøùúûüýÿĀāĂ"
    "ăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĬĭĮįİıĴĵĶķĸĹĺĻļĽľĿŀ"
    "ŁłŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſ"
)
PLAIN = (
    "aaaaaaceeeeiiiidnoooooouuuuyaaaaaaceeeeiiiidnoooooouuuuyyaaa"
    "aaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiijjkkqllllllll"
    "llnnnnnnoooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
)
SIGNS = "-–‑''’.,/()"
# One letter that is two.
TWO = {"Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe", "ß": "ss", "Þ": "th", "þ": "th"}


def folded() -> str:
    """The expression for any text."""
    text = "$1"
    for one, two in TWO.items():
        text = f"replace({text}, '{one}', '{two}')"
    signs = SIGNS.replace("'", "", 1).replace("'", "''")
    blanks = " " * (len(SIGNS) - 1)
    return f"lower(translate({text}, '{ACCENTED}{signs}', '{PLAIN}{blanks}'))"


def function(body: str) -> str:
    """What comes after « CREATE »."""
    return f"FUNCTION core_folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT {body} $$"


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        # Of those that the owner of a database may create (since PostgreSQL 13).
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(f"CREATE {function(folded())}")


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION core_folded(text)")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_addressee")]

    operations = [migrations.RunPython(forwards, backwards)]
