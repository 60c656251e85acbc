"""The journal keeps what was before and after, and whom it concerns; PostgreSQL lets these be forgotten too."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ACTIONS = [
    ("correction", "solde corrigé"),
    ("ticket_cancelled", "ticket annulé"),
    ("ticket_used", "ticket marqué utilisé"),
    ("use_undone", "utilisation annulée"),
    ("access_reset", "accès rendu"),
    ("second_factor", "second facteur remis à zéro"),
    ("telephone_enrolled", "téléphone préparé pour l’administration"),
    ("recovery_codes", "codes de secours refaits"),
    ("guardian_added", "responsable légal ajouté"),
    ("guardian_removed", "responsable légal retiré"),
    ("guardian_replaced", "responsable légal remplacé"),
    ("account_closed", "compte fermé"),
    ("account_reopened", "compte rouvert"),
    ("account_stolen", "compte volé mis hors d’atteinte"),
    ("letter_made", "lettre d’accès faite"),
    ("letter_used", "code d’une lettre utilisé"),
    ("campaign_opened", "campagne ouverte"),
    ("opening_undone", "ouverture annulée"),
    ("supplement", "supplément boursier accordé"),
    ("supplement_back", "supplément boursier retiré"),
    ("campaign_closed", "campagne close"),
    ("campaign_reopened", "campagne rouverte"),
    ("campaign_changed", "campagne modifiée"),
    ("campaign_deleted", "campagne supprimée"),
    ("proposed", "acte proposé"),
    ("proposal_refused", "proposition refusée"),
    ("proposal_gone", "proposition retirée"),
    ("file_imported", "fichier importé"),
    ("striking_off_undone", "désinscriptions annulées"),
    ("erased", "données effacées"),
    ("added", "ajouté"),
    ("changed", "modifié"),
    ("deleted", "supprimé"),
    ("appointed", "rôle d’agent changé"),
]
WITHOUT_REASON = ("added", "changed", "deleted", "appointed")

FUNCTION = """
CREATE OR REPLACE FUNCTION accounts_auditentry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    words CONSTANT text[] := '{{{words}}}';
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - words = to_jsonb(OLD) - words
        AND {forgotten}
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'accounts_auditentry_is_append_only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
THREE = "(NEW.subject, NEW.reason, NEW.details) = ('effacé', 'effacé', '')"
FORWARDS = FUNCTION.format(
    words="subject,reason,details,concerns,changes",
    forgotten=f"{THREE} AND NEW.concerns = '' AND NEW.changes = '[]'::jsonb",
)
BACKWARDS = FUNCTION.format(words="subject,reason,details", forgotten=THREE)


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARDS)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_striking_off_undone")]

    operations = [
        migrations.RemoveConstraint("auditentry", "accounts_auditentry_says_why"),
        migrations.RemoveConstraint("auditentry", "accounts_auditentry_action_is_known"),
        migrations.AddField(
            "auditentry", "changes", models.JSONField("changements", blank=True, default=list)
        ),
        migrations.AddField(
            "auditentry", "concerns", models.CharField("concerne", blank=True, max_length=200, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            "auditentry", "action", models.CharField("action", choices=ACTIONS, max_length=20)
        ),
        migrations.AlterField("auditentry", "reason", models.CharField("motif", blank=True, max_length=300)),
        migrations.AddConstraint(
            "auditentry",
            models.CheckConstraint(
                condition=models.Q(action__in=[action for action, _ in ACTIONS]),
                name="accounts_auditentry_action_is_known",
            ),
        ),
        migrations.AddConstraint(
            "auditentry",
            models.CheckConstraint(
                condition=~models.Q(reason="") | models.Q(action__in=WITHOUT_REASON),
                name="accounts_auditentry_says_why",
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
