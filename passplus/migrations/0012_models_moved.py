"""This app has no models any more: each is in the room that it serves, and its table stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("passplus", "0011_kept_words"),
        ("core", "0002_attempts_outbox_runs"),
        ("backoffice", "0001_imports"),
        ("privacy", "0001_kept_words"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="StruckOff"),
                migrations.DeleteModel(name="Import"),
                migrations.DeleteModel(name="CommandRun"),
                migrations.DeleteModel(name="KeptWords"),
                migrations.DeleteModel(name="OutgoingMail"),
            ],
        ),
    ]
