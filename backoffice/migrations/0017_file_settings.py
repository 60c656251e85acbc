"""Who sets what the files of batches say, and how."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0016_payments"), ("payments", "0004_file_templates")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
