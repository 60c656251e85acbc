"""Who decides what families do not recognise, and sees the tries that failed."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0011_lines_undone"), ("tickets", "0010_disputes")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
