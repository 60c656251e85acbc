"""Who may make a family's ticket anew."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0009_choice_to_update"), ("tickets", "0006_remade")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
