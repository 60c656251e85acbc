"""The journal: who did what to other people's accounts, money and tickets, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Model, Q
from django.utils import timezone

from core.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.changes import Change, in_words, of_its_kind

from .models import User


class Action(models.TextChoices):
    """What an agent may do to somebody else's account, money or ticket."""

    CORRECTION = "correction", "solde corrigé"
    TICKET_CANCELLED = "ticket_cancelled", "ticket annulé"
    TICKET_REMADE = "ticket_remade", "ticket refait"
    TICKET_USED = "ticket_used", "ticket marqué utilisé"
    USE_UNDONE = "use_undone", "utilisation annulée"
    DISPUTE_DECIDED = "dispute_decided", "contestation décidée"
    ACCESS_RESET = "access_reset", "accès rendu"
    SECOND_FACTOR_FORGOTTEN = "second_factor", "second facteur remis à zéro"
    TELEPHONE_ENROLLED = "telephone_enrolled", "téléphone préparé pour l’administration"
    RECOVERY_CODES_MADE = "recovery_codes", "codes de secours refaits"
    GUARDIAN_ADDED = "guardian_added", "responsable légal ajouté"
    GUARDIAN_MADE = "guardian_made", "compte de responsable créé"
    GUARDIAN_REMOVED = "guardian_removed", "responsable légal retiré"
    GUARDIAN_REPLACED = "guardian_replaced", "responsable légal remplacé"
    ACCOUNT_CLOSED = "account_closed", "compte fermé"
    ACCOUNT_REOPENED = "account_reopened", "compte rouvert"
    ACCOUNT_STOLEN = "account_stolen", "compte volé mis hors d’atteinte"
    LETTER_MADE = "letter_made", "lettre d’accès faite"
    LETTER_USED = "letter_used", "code d’une lettre utilisé"
    CAMPAIGN_OPENED = "campaign_opened", "campagne ouverte"
    OPENING_UNDONE = "opening_undone", "ouverture annulée"
    SUPPLEMENT_GRANTED = "supplement", "supplément boursier accordé"
    SUPPLEMENT_TAKEN_BACK = "supplement_back", "supplément boursier retiré"
    CAMPAIGN_CLOSED = "campaign_closed", "campagne close"
    CAMPAIGN_REOPENED = "campaign_reopened", "campagne rouverte"
    CEILING_RAISED = "ceiling_raised", "plafond relevé"
    PROPOSED = "proposed", "acte proposé"
    PROPOSAL_REFUSED = "proposal_refused", "proposition refusée"
    PROPOSAL_WITHDRAWN = "proposal_gone", "proposition retirée"
    FILE_IMPORTED = "file_imported", "fichier importé"
    COLUMNS_MAPPED = "columns_mapped", "colonnes d’un fichier reliées"
    IMPORT_UNDONE = "import_undone", "import annulé"
    # Of journals written before a whole import could be.
    STRIKING_OFF_UNDONE = "striking_off_undone", "désinscriptions annulées"
    EXPORTED = "exported", "liste exportée"
    TASK_RETRIED = "task_retried", "travail réessayé"
    MERGED = "merged", "fiches fusionnées"
    MEMBER_INVITED = "member_invited", "responsable d’un organisme invité"
    ENTRUSTED = "entrusted", "organisme confié"
    MEMBERSHIP_CLOSED = "membership_closed", "accès à un organisme fermé"
    BANK_CALLED = "bank_called", "compte bancaire vérifié par téléphone"
    BANK_CONFIRMED = "bank_confirmed", "compte bancaire confirmé"
    BANK_REFUSED = "bank_refused", "compte bancaire refusé"
    BANK_FROZEN = "bank_frozen", "compte bancaire bloqué"
    BANK_UNFROZEN = "bank_unfrozen", "compte bancaire débloqué"
    BATCH_PREPARED = "batch_prepared", "lot préparé"
    BATCH_APPROVED = "batch_approved", "lot approuvé"
    BATCH_DROPPED = "batch_dropped", "lot abandonné"
    BATCH_SENT = "batch_sent", "lot transmis"
    BATCH_PAID = "batch_paid", "paiements d’un lot dits payés"
    HOLD_CLEARED = "hold_cleared", "retenue levée"
    PAYMENT_TAKEN_OUT = "payment_out", "paiement retiré d’un lot"
    PAYMENT_TOLD = "payment_told", "issue d’un paiement saisie"
    DUE_CORRECTED = "due_corrected", "dû d’un organisme corrigé"
    APPLICATION_ACCEPTED = "application_accepted", "demande accordée"
    APPLICATION_ASKED = "application_asked", "papier demandé à une famille"
    APPLICATION_REFUSED = "application_refused", "demande refusée"
    APPLICATION_REOPENED = "application_reopened", "demande rouverte"
    CONVENTION_IN_FORCE = "convention_in_force", "convention mise en vigueur"
    CONVENTION_ENDED = "convention_ended", "convention retirée"
    ERASED = "erased", "données effacées"
    # What Django's admin calls an addition, a change, a deletion.
    ADDED = "added", "ajouté"
    CHANGED = "changed", "modifié"
    DELETED = "deleted", "supprimé"
    APPOINTED = "appointed", "rôle d’agent changé"


# These tell by themselves what was done; of all others the journal says why.
WITHOUT_REASON = (
    *(Action.ADDED, Action.CHANGED, Action.DELETED, Action.APPOINTED),
    *(Action.BATCH_PREPARED, Action.BATCH_APPROVED, Action.BATCH_SENT, Action.BATCH_PAID),
    *(Action.PAYMENT_TOLD, Action.APPLICATION_ACCEPTED),
)


# What stands where the journal named people. PostgreSQL lets exactly this be written over a line.
FORGOTTEN: dict[str, Any] = {
    "subject": "effacé",
    "reason": "effacé",
    "details": "",
    "concerns": "",
    "changes": [],
}


class AuditEntryQuerySet(AppendOnlyQuerySet["AuditEntry"]):
    def forget(self) -> int:
        """Take the words out of these lines, and return how many. When, by whom and what stay for ever.

        The only change there is, for who is erased and for the nightly purge.
        """
        return models.QuerySet.update(self, **FORGOTTEN)

    def about(self, *rows: models.Model) -> AuditEntryQuerySet:
        return self.filter(subject_key__in=[subject_key(row) for row in rows])


def subject_key(row: models.Model) -> str:
    return f"{row._meta.label_lower} {row.pk}"


class AuditEntry(AppendOnlyModel):
    """A line of the journal. Written by `accounts.audit`; later only its personal data are erased."""

    at = models.DateTimeField("date", default=timezone.now, editable=False)
    actor = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="agent", help_text="Ou une commande."
    )
    action = models.CharField("action", max_length=20, choices=Action)
    subject = models.CharField("sur", max_length=160)
    # « tickets.ticket 12 »: audit comes before the apps whose rows it is about.
    subject_key = models.CharField("clé", max_length=60)
    # Who it is about, where the subject does not say it: whose ticket, which identifiant.
    concerns = models.CharField("concerne", max_length=200, blank=True)
    reason = models.CharField("motif", max_length=300, blank=True)
    details = models.CharField("détails", max_length=300, blank=True)
    # What was changed: lists of a label, the value before and the value after, as texts.
    changes = models.JSONField("changements", default=list, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__in=Action.values), name="accounts_auditentry_action_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(action__in=WITHOUT_REASON), name="accounts_auditentry_says_why"
            ),
        ]
        indexes = [models.Index(fields=["subject_key"], name="accounts_auditentry_subject")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} – {self.subject}"

    @property
    def description(self) -> str:
        """The details, then each change as « before → after », one a line."""
        lines = [
            f"{label}\N{NO-BREAK SPACE}: {before or '∅'} → {after or '∅'}"
            for label, before, after in self.changes
        ]
        return "\n".join([*filter(None, [self.details]), *lines])


# What is longer is cut: the journal tells what was changed, it keeps no texts.
LONGEST = 300


def record(
    *,
    action: Action,
    subject: Model | None,
    reason: str,
    actor: User | None,
    details: str = "",
    name: str = "",
    changes: Sequence[Change] = (),
) -> None:
    """Write that `actor`, or a command, did it to `subject`. In the transaction of the deed itself.

    `name` is how people call the subject, where its own words are not enough; of a deed to many at once,
    which has no subject, it says to whom.
    """
    AuditEntry.objects.create(
        action=action,
        subject=(name or str(subject))[:160],
        subject_key=subject_key(subject) if subject else "",
        concerns=getattr(subject, "concerns", "")[:200],
        reason=reason[:LONGEST],
        actor=actor,
        details=details[:LONGEST],
        changes=[[text[:LONGEST] for text in change] for change in changes],
    )


def values(row: Model, names: Sequence[str]) -> dict[str, str]:
    """The values of these columns by label, to be compared after an act."""
    fields = [row._meta.get_field(name) for name in names]
    return {str(field.verbose_name): shown(row, field.name) for field in fields}  # type: ignore[union-attr]


def shown(row: Model, name: str) -> str:
    """A column as people read it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return of_its_kind(row._meta.get_field(name), value) or in_words(value)


def compared(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    return [
        (label, was, after.get(label, "")) for label, was in before.items() if was != after.get(label, "")
    ]
