"""Acts that one agent proposes and another one confirms. Written by `backoffice.acts.proposals`."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ProposalState(models.TextChoices):
    PENDING = "pending", "à confirmer"
    # Confirmed, and done batch by batch.
    RUNNING = "running", "en cours"
    STOPPED = "stopped", "arrêtée en route"
    DONE = "done", "faite"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"
    # What it was proposed for is no longer so.
    OUTDATED = "outdated", "à proposer de nouveau"


LIVING = [ProposalState.PENDING, ProposalState.RUNNING, ProposalState.STOPPED]
CONFIRMED = [ProposalState.RUNNING, ProposalState.STOPPED, ProposalState.DONE]


# What stands where it named people.
FORGOTTEN = "effacé"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def living(self) -> Self:
        return self.filter(state__in=LIVING)

    def of(self, act: str, key: str) -> Self:
        """The living one of an act on a row, which `accounts.audit.subject_key` names."""
        return self.living().filter(act=act, subject_key=key)

    def forget(self) -> int:
        """Take the words out of them, and return how many. What still waits is gone: nobody could read it."""
        waiting, _ = self.filter(state=ProposalState.PENDING).delete()
        self.exclude(answer="").update(answer=FORGOTTEN)
        return waiting + self.update(subject=FORGOTTEN, reason=FORGOTTEN, said={}, facts=[])


class Proposal(models.Model):
    """An act that awaits a second agent: the form as sent, the facts shown, the outcome.

    A long act keeps here how far it is: `count` and `euros` of what no line of the journal tells yet.
    """

    act = models.CharField("nom de l’acte", max_length=60)
    label = models.CharField("acte", max_length=80)
    subject = models.CharField("sur", max_length=160)
    # « wallets.campaign 12 », as in the journal.
    subject_key = models.CharField("clé", max_length=60)
    page = models.CharField("adresse de la page", max_length=200)
    # The form as it was sent, which is judged again at the confirmation.
    said = models.JSONField("formulaire", default=dict)
    # What the page told of euros and persons: pairs of words.
    facts = models.JSONField("ce qui était dit", default=list)
    reason = models.CharField("motif", max_length=300)
    permission = models.CharField("droit", max_length=100)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="proposé par"
    )
    proposed_at = models.DateTimeField("proposé le", default=timezone.now, editable=False)
    state = models.CharField("état", max_length=9, choices=ProposalState, default=ProposalState.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="décidé par"
    )
    decided_at = models.DateTimeField("décidé le", null=True)
    answer = models.CharField("motif du refus", max_length=300, blank=True)
    # Where SECOND_AGENT is off, one agent may do both.
    alone = models.BooleanField("sans second agent", default=False)
    count = models.PositiveIntegerField("fait", default=0)
    euros = models.DecimalField("euros", max_digits=12, decimal_places=2, default=0)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "acte proposé"
        verbose_name_plural = "actes proposés"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "subject_key"],
                condition=Q(state__in=LIVING),
                name="accounts_proposal_one_living",
            ),
            # Opening and its undo at once would never end.
            models.UniqueConstraint(
                fields=["subject_key"],
                condition=Q(state=ProposalState.RUNNING),
                name="accounts_proposal_one_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="accounts_proposal_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="accounts_proposal_says_why"),
            models.CheckConstraint(
                condition=Q(alone=True) | ~Q(state__in=CONFIRMED) | ~Q(decided_by=F("proposed_by")),
                name="accounts_proposal_second_agent",
            ),
            models.CheckConstraint(
                name="accounts_proposal_decided_means_dated_and_signed",
                condition=Q(state=ProposalState.PENDING, decided_at=None, decided_by=None)
                | (~Q(state=ProposalState.PENDING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.REFUSED) | ~Q(answer=""),
                name="accounts_proposal_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.subject}"

    @property
    def is_pending(self) -> bool:
        return self.state == ProposalState.PENDING

    @property
    def is_running(self) -> bool:
        return self.state == ProposalState.RUNNING
