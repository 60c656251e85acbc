"""What agents may tell families that enrol a child, on the first day."""

from django.db import migrations

NBSP = "\N{NO-BREAK SPACE}"
TEXTS = {
    "incomplete": [
        "Il manque le papier qui dit que vous êtes son parent ou son responsable légal.",
        "Il manque son certificat de scolarité de cette année.",
        "Il manque un justificatif de domicile de moins de trois mois.",
        f"La photo est floue, sombre ou coupée{NBSP}: reprenez-la, le papier entier, à plat et bien éclairé.",
        f"Il manque une page{NBSP}: envoyez toutes les pages.",
    ],
    "refused": [
        "Ces papiers ne disent pas que vous êtes son parent ou son responsable légal.",
        "Ces papiers sont ceux d’un autre enfant.",
        "Cet enfant n’habite pas le département, et n’y va pas au collège.",
        f"Ce service est pour les collégiens{NBSP}: cet enfant n’est pas en classe de 6e, 5e, 4e ou 3e.",
        "Vous êtes déjà son responsable légal sur notre site.",
    ],
}


def fill(apps, schema_editor):
    reason = apps.get_model("applications", "Reason")
    for use, texts in TEXTS.items():
        for text in texts:
            reason.objects.get_or_create(kind="enrolment", use=use, text=text)


def take_back(apps, schema_editor):
    """The release before knows no such kind."""
    apps.get_model("applications", "Reason").objects.filter(kind="enrolment").delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_enrolments")]
    operations = [migrations.RunPython(fill, take_back)]
