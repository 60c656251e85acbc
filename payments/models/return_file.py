"""Files in which the finance service says what became of the payments of a batch."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .actors import actor
from .batch import Batch
from .outcome import Fate
from .payment import Payment


class ReturnState(models.TextChoices):
    # Nobody knows which columns are which.
    UNMAPPED = "unmapped", "à relier"
    READY = "ready", "à relire"
    CONFIRMED = "confirmed", "en cours d’écriture"
    DONE = "done", "fait"


# Nobody has agreed to what it would tell: an agent may say which columns are which.
MAPPABLE_STATES = (ReturnState.UNMAPPED, ReturnState.READY)


class ReturnFile(models.Model):
    """Of one batch. An agent reads what its lines would tell; once confirmed, a task tells them.

    Its bytes are kept encrypted until then. Forgotten with its lines after KEEP_IMPORTS: what was told are
    `Outcome`s.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="returns", verbose_name="lot")
    name = models.CharField("fichier", max_length=120)
    state = models.CharField("étape", max_length=9, choices=ReturnState, default=ReturnState.READY)
    sealed = models.BinaryField("contenu chiffré", default=b"", editable=False)
    # Sentences: which sheet was read, which columns were not.
    told = models.JSONField("à savoir", default=list)
    owner = actor("apporté par")
    received_at = models.DateTimeField("reçu le", default=timezone.now, editable=False)
    confirmed_by = actor("confirmé par", null=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, editable=False)
    done_at = models.DateTimeField("fait le", null=True, editable=False)

    class Meta:
        verbose_name = "retour"
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="payments_return_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MAPPABLE_STATES, confirmed_at=None, confirmed_by=None)
                | (
                    ~Q(state__in=MAPPABLE_STATES)
                    & Q(confirmed_at__isnull=False, confirmed_by__isnull=False, sealed=b"")
                ),
                name="payments_return_confirmed_means_dated_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(state=ReturnState.DONE) ^ Q(done_at=None),
                name="payments_return_done_means_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What comes of a line. The values stand in the addresses of the page."""

    TO_TELL = "a-dire", "à dire"
    TOLD = "dit", "dit"
    NOTHING = "rien", "rien à faire"
    REFUSED = "refuse", "refusé"


class ReturnLineQuerySet(models.QuerySet["ReturnLine"]):
    def to_tell(self) -> Self:
        return self.filter(verdict=Verdict.TO_TELL)


class ReturnLine(models.Model):
    """A line of the file. Refused, it may know its payment or not; to tell, it knows all that is told."""

    file = models.ForeignKey(ReturnFile, models.CASCADE, related_name="lines", verbose_name="retour")
    number = models.PositiveIntegerField("ligne")
    verdict = models.CharField("verdict", max_length=6, choices=Verdict)
    # Why it is refused, or there is nothing to do.
    why = models.TextField("pourquoi", blank=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="+", verbose_name="paiement")
    fate = models.CharField("issue", max_length=8, choices=Fate, blank=True)
    on = models.DateField("date", null=True)
    reason = models.CharField("motif", max_length=300, blank=True)
    mandat = models.CharField("mandat", max_length=35, blank=True)
    bordereau = models.CharField("bordereau", max_length=35, blank=True)
    # As they stand in the file, by our titles: a refused line is corrected and brought again.
    cells = models.JSONField("cases", default=dict)

    objects = ReturnLineQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne d’un retour"
        verbose_name_plural = "lignes d’un retour"
        default_permissions = ()
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="payments_returnline_once"),
            models.UniqueConstraint(
                fields=["file", "payment"],
                condition=Q(verdict__in=[Verdict.TO_TELL, Verdict.TOLD]),
                name="payments_returnline_tells_a_payment_once",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="payments_returnline_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(fate__in=["", *Fate.values]), name="payments_returnline_fate_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.TO_TELL, Verdict.TOLD])
                | (Q(payment__isnull=False, on__isnull=False) & ~Q(fate="")),
                name="payments_returnline_told_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=[Verdict.NOTHING, Verdict.REFUSED]) | ~Q(why=""),
                name="payments_returnline_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}, ligne {self.number}"

    @property
    def words(self) -> dict[str, Any]:
        """What is told of its payment, as `outcomes.tell` takes it."""
        names = ("payment_id", "on", "reason", "mandat", "bordereau")
        return {name: getattr(self, name) for name in names}
