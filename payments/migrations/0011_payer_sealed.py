"""The payer's own IBAN is sealed, as those of organismes are."""

from django.apps.registry import Apps
from django.db import migrations, models

from payments import iban_keys


def seal(apps: Apps, schema_editor: object) -> None:
    for payer in apps.get_model("payments", "Payer").objects.exclude(iban=""):
        payer.sealed_iban = iban_keys.seal(payer.iban)
        payer.save(update_fields=["sealed_iban"])


def unseal(apps: Apps, schema_editor: object) -> None:
    for payer in apps.get_model("payments", "Payer").objects.exclude(sealed_iban=""):
        payer.iban = iban_keys.unseal(payer.sealed_iban)
        payer.save(update_fields=["iban"])


class Migration(migrations.Migration):
    dependencies = [("payments", "0010_taken_back_once")]

    operations = [
        migrations.RemoveConstraint("payer", "payments_payer_account_is_whole"),
        migrations.AddField(
            "payer",
            "sealed_iban",
            models.TextField("IBAN à débiter, chiffré", blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("payer", "iban"),
        migrations.AddConstraint(
            "payer",
            models.CheckConstraint(
                condition=models.Q(("bic", ""), ("sealed_iban", ""))
                | (
                    models.Q(("sealed_iban", ""), _negated=True) & models.Q(("bic", ""), _negated=True)
                ),
                name="payments_payer_account_is_whole",
            ),
        ),
    ]
