"""Who writes the convention that organismes sign."""

from django.db import migrations

from backoffice import roles


def establish(apps, schema_editor):
    roles.establish(apps)


class Migration(migrations.Migration):
    dependencies = [("backoffice", "0020_returns_related"), ("applications", "0014_convention_stays")]
    operations = [migrations.RunPython(establish, migrations.RunPython.noop)]
