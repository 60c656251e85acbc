"""Who reads and decides what families ask for."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0018_returns"), ("applications", "0002_reasons")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
