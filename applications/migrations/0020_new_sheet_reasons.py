"""What agents may tell organismes that ask for another sheet, on the first day."""

from django.db import migrations

NBSP = "\N{NO-BREAK SPACE}"
TEXTS = [
    "Cette activité n’est ni sportive ni culturelle.",
    f"Ce nom n’est pas celui du registre{NBSP}: appelez-nous.",
    "Cette adresse n’est pas celle où vont les jeunes.",
    f"Une faute de frappe est à corriger{NBSP}: faites une autre demande.",
]


def fill(apps, schema_editor):
    reason = apps.get_model("applications", "Reason")
    for text in TEXTS:
        reason.objects.get_or_create(kind="sheet", use="refused", text=text)


def take_back(apps, schema_editor):
    """The release before knows no such kind."""
    apps.get_model("applications", "Reason").objects.filter(kind="sheet").delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0019_new_sheets")]
    operations = [migrations.RunPython(fill, take_back)]
