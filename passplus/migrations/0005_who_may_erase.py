from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("passplus", "0004_command_run"),
        ("accounts", "0012_journal_may_forget"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
