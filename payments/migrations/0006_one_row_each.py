"""Who pays, and the codes of each wallet: rows that staff fill in."""

from django.db import migrations


def make(apps, schema_editor):
    apps.get_model("payments", "Payer").objects.get_or_create(pk=1)
    for kind in ("sport", "culture"):
        apps.get_model("payments", "AccountingCodes").objects.get_or_create(kind=kind)


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_account_replaced")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
