"""Who reads the returns of the finance service."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0017_file_settings"), ("payments", "0009_returns")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
