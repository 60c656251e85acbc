"""Counted attempts are `core`'s; their table stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0026_ceiling_raised"), ("core", "0002_attempts_outbox_runs")]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Attempts")]),
    ]
