"""Who may look at and edit the synonyms of the directory."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0003_queued_exports"), ("partners", "0003_synonyms")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
