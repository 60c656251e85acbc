"""Who reads which organisme signed the convention."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0021_conventions"), ("applications", "0018_attestations_stay")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
