from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("passplus", "0009_ledger_is_not_truncated"), ("accounts", "0024_security_log")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
