from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("passplus", "0001_outgoing_mail"),
        ("accounts", "0007_import"),
        ("wallets", "0004_staff_permissions"),
        ("partners", "0002_directory"),
        ("tickets", "0003_staff_permissions"),
        ("content", "0002_first_texts"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
