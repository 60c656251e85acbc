"""Two roles more: « paiements » prepares, « ordonnateur » approves."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0015_bank_accounts"), ("payments", "0002_append_only")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
