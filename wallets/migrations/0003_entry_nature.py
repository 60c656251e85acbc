"""Each entry says what it is: until now it showed only in its key and in what it reverses."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Case, Q, Value, When


def name_them(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The one time that entries are written over; so the trigger looks away, until the transaction ends."""
    trigger = "ALTER TABLE wallets_entry {} TRIGGER wallets_entry_is_append_only"
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(trigger.format("DISABLE"))
    apps.get_model("wallets", "Entry").objects.update(
        nature=Case(
            When(reverses__isnull=False, then=Value("return")),
            When(grant_key="", then=Value("spending")),
            default=Value("grant"),
        )
    )
    if postgresql:
        schema_editor.execute(trigger.format("ENABLE"))


class Migration(migrations.Migration):
    dependencies = [("wallets", "0002_entries_are_append_only")]

    operations = [
        migrations.AddField(
            "entry",
            "nature",
            models.CharField(
                "nature",
                max_length=10,
                default="grant",
                choices=[
                    ("grant", "Dotation"),
                    ("spending", "Dépense"),
                    ("return", "Remboursement"),
                    ("correction", "Correction"),
                    ("lapse", "Crédit non utilisé"),
                ],
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "entry",
            "grant_key",
            models.CharField(
                "clé",
                max_length=40,
                blank=True,
                help_text="D’une dotation ou d’une correction, qu’un porte-monnaie reçoit une seule fois.",
            ),
        ),
        migrations.RunPython(name_them, migrations.RunPython.noop),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(nature__in=["grant", "spending", "return", "correction", "lapse"]),
                name="wallets_entry_nature_is_known",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=~Q(nature__in=["spending", "lapse"]) | Q(amount__lt=0),
                name="wallets_entry_sign_fits_nature",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(nature="return") ^ Q(reverses=None), name="wallets_entry_return_reverses"
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=Q(nature__in=["grant", "correction"]) ^ Q(grant_key=""),
                name="wallets_entry_given_once",
            ),
        ),
    ]
