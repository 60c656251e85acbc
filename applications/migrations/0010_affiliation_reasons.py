"""What agents may tell organismes that ask to be affiliated, on the first day."""

from django.db import migrations

NBSP = "\N{NO-BREAK SPACE}"
TEXTS = {
    "incomplete": [
        "Il manque les statuts de l’association.",
        "Il manque le récépissé de la préfecture.",
        "Il manque l’extrait Kbis, ou l’avis de situation Insee, de moins de trois mois.",
        "Il manque le papier qui dit que vous pouvez agir au nom de cet organisme.",
        f"Un mot de la fiche est à corriger{NBSP}: corrigez-la depuis cette page.",
        f"La photo est floue, sombre ou coupée{NBSP}: reprenez-la, le papier entier, à plat et bien éclairé.",
        f"Il manque une page{NBSP}: envoyez toutes les pages.",
    ],
    "refused": [
        "Ces papiers ne sont pas ceux de l’organisme de ce SIRET.",
        "Ces papiers ne disent pas que vous pouvez agir en son nom.",
        "Cet organisme n’accueille pas de collégiens dans le département.",
        "Son activité n’est ni sportive ni culturelle.",
        f"Cet organisme est déjà affilié{NBSP}: demandez à son responsable de vous inviter.",
    ],
}


def fill(apps, schema_editor):
    reason = apps.get_model("applications", "Reason")
    for use, texts in TEXTS.items():
        for text in texts:
            reason.objects.get_or_create(kind="affiliation", use=use, text=text)


def take_back(apps, schema_editor):
    """The release before knows no such kind."""
    apps.get_model("applications", "Reason").objects.filter(kind="affiliation").delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_candidacies")]
    operations = [migrations.RunPython(fill, take_back)]
