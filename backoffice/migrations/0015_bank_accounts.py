"""Who may check bank accounts, and read a whole IBAN."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0014_members"), ("payments", "0001_initial")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
