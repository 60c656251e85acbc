"""Each right again by the name of its app of today."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("backoffice", "0001_imports"),
        ("core", "0002_attempts_outbox_runs"),
        ("passplus", "0012_models_moved"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
