"""What agents may tell families on the first day, and the one row of rules."""

from django.db import migrations

NBSP = "\N{NO-BREAK SPACE}"
TEXTS = {
    "incomplete": [
        f"La photo est floue, sombre ou coupée{NBSP}: reprenez-la, le papier entier, à plat et bien éclairé.",
        f"Il manque une page{NBSP}: envoyez toutes les pages de la notification.",
        "Ce papier n’est pas une notification d’attribution de bourse de collège. Envoyez celle que le "
        "collège ou l’académie vous a donnée.",
        "Cette notification est celle d’une autre année scolaire. Envoyez celle de cette année.",
    ],
    "refused": [
        "La notification est au nom d’un autre enfant.",
        "Ce papier dit que la bourse de collège n’est pas attribuée cette année.",
        "La notification est celle d’une autre année scolaire, et aucune autre ne nous est parvenue.",
    ],
}


def fill(apps, schema_editor):
    reason = apps.get_model("applications", "Reason")
    for use, texts in TEXTS.items():
        for text in texts:
            reason.objects.get_or_create(kind="scholarship", use=use, text=text)
    apps.get_model("applications", "Rules").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
