"""What agents may tell families whose child changes school, on the first day."""

from django.db import migrations

NBSP = "\N{NO-BREAK SPACE}"
TEXTS = {
    "incomplete": [
        "Il manque son certificat de scolarité dans le nouveau collège, ou la lettre qui l’y affecte.",
        f"La photo est floue, sombre ou coupée{NBSP}: reprenez-la, le papier entier, à plat et bien éclairé.",
        f"Il manque une page{NBSP}: envoyez toutes les pages.",
        f"La classe n’est pas sur ce papier{NBSP}: envoyez celui qui la dit.",
    ],
    "refused": [
        "Ce papier est celui d’un autre enfant.",
        "Ce papier dit un autre collège, ou une autre classe, que votre demande.",
        "Cet enfant n’habite pas le département, et n’y va plus au collège.",
        f"Ce service est pour les collégiens{NBSP}: ce papier est celui d’un lycée ou d’une école.",
    ],
}


def fill(apps, schema_editor):
    reason = apps.get_model("applications", "Reason")
    for use, texts in TEXTS.items():
        for text in texts:
            reason.objects.get_or_create(kind="school", use=use, text=text)


def take_back(apps, schema_editor):
    """The release before knows no such kind."""
    apps.get_model("applications", "Reason").objects.filter(kind="school").delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_new_schools")]
    operations = [migrations.RunPython(fill, take_back)]
