"""Who may invite and close the members of an organisme."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0013_import_partly_undone"), ("partners", "0010_manage_members")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
