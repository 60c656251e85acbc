"""What agents may tell families that ask for another guardian, on the first day."""

from django.db import migrations

NBSP = "\N{NO-BREAK SPACE}"
TEXTS = {
    "incomplete": [
        "Il manque le papier qui dit que cette personne est son parent ou son responsable légal.",
        f"La photo est floue, sombre ou coupée{NBSP}: reprenez-la, le papier entier, à plat et bien éclairé.",
        f"Il manque une page{NBSP}: envoyez toutes les pages du jugement ou de la décision.",
    ],
    "refused": [
        "Ce papier ne dit pas que cette personne est son parent ou son responsable légal.",
        "Ce papier est celui d’un autre enfant.",
        "Une décision de justice ne permet pas à cette personne de suivre l’enfant.",
        "Cette personne suit déjà cet enfant sur notre site.",
    ],
}


def fill(apps, schema_editor):
    reason = apps.get_model("applications", "Reason")
    for use, texts in TEXTS.items():
        for text in texts:
            reason.objects.get_or_create(kind="guardian", use=use, text=text)


def take_back(apps, schema_editor):
    """The release before knows no such kind."""
    apps.get_model("applications", "Reason").objects.filter(kind="guardian").delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_other_guardians")]
    operations = [migrations.RunPython(fill, take_back)]
