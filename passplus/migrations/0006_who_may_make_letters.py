from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("passplus", "0005_who_may_erase"),
        ("accounts", "0014_stolen_accounts"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
