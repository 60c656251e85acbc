"""Files of batches are kept encrypted, for some spell IBANs whole; and who downloads those is noted.

PostgreSQL now lets the sealed bytes be sealed anew, alone: with another key they are others. That they are
still the same file, AES-GCM proves where it is opened, by the SHA-256 that no one may change.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from payments import file_seals

TABLE = "payments_batchfile"
DROPPED = f"DROP TRIGGER {TABLE}_is_append_only ON {TABLE};"
RESEALED = f"""
CREATE FUNCTION payments_reseal_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sealed IS DISTINCT FROM NEW.sealed THEN
        OLD.sealed := NEW.sealed;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '_is_append_only', ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {TABLE}_is_append_only BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION payments_reseal_only();
CREATE TRIGGER {TABLE}_is_not_deleted BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
"""
REFUSED = f"""
DROP TRIGGER {TABLE}_is_not_deleted ON {TABLE};
DROP FUNCTION payments_reseal_only();
CREATE TRIGGER {TABLE}_is_append_only BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION payments_refuse_change();
"""


def let_through(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROPPED + RESEALED)


def refuse_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROPPED + REFUSED)


def seal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, file_seals.seal)


def unseal(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, file_seals.unseal)


def _rewrite(apps: Apps, change) -> None:
    """One at a time is in memory."""
    files = apps.get_model("payments", "BatchFile").objects
    for pk in list(files.order_by("pk").values_list("pk", flat=True)):
        content, sha256 = files.values_list("sealed", "sha256").get(pk=pk)
        files.filter(pk=pk).update(sealed=change(bytes(content), sha256))


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_one_row_each")]

    operations = [
        migrations.RenameField("batchfile", "content", "sealed"),
        migrations.AlterField("batchfile", "sealed", models.BinaryField("contenu chiffré")),
        migrations.AlterField(
            "accountreading",
            "account",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="payments.bankaccount",
                verbose_name="compte bancaire",
            ),
        ),
        migrations.AddField(
            "accountreading",
            "file",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="payments.batchfile",
                verbose_name="fichier",
            ),
        ),
        migrations.AddConstraint(
            "accountreading",
            models.CheckConstraint(
                condition=models.Q(("account", None), ("file", None), _connector="XOR"),
                name="payments_reading_of_an_account_or_a_file",
            ),
        ),
        migrations.RunPython(let_through, refuse_all),
        migrations.RunPython(seal, unseal),
    ]
