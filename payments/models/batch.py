"""What a département pays at once."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from .actors import actor


class BatchState(models.TextChoices):
    """`PREPARING` while a task adds it up; `DROPPED` is the opposite of prepared and of approved."""

    PREPARING = "computed", "en préparation"
    PREPARED = "prepared", "préparé"
    APPROVED = "approved", "approuvé"
    SENT = "sent", "transmis"
    SETTLED = "settled", "soldé"
    DROPPED = "dropped", "abandonné"


# There is one at a time: what it holds is in no other.
UNSENT_STATES = (BatchState.PREPARING, BatchState.PREPARED, BatchState.APPROVED)
APPROVED_STATES = (BatchState.APPROVED, BatchState.SENT, BatchState.SETTLED)


def _signed(name: str, states: tuple[BatchState, ...]) -> Q:
    """Dated and signed in those states; before them, neither. Of a dropped batch it may be either."""
    done = {f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    not_yet = {f"{name}_at": None, f"{name}_by": None}
    dropped = Q(state=BatchState.DROPPED) if name != "dropped" else Q(pk__in=[])
    return Q(state__in=states, **done) | (~Q(state__in=states) & Q(**not_yet)) | dropped


class BatchQuerySet(models.QuerySet["Batch"]):
    def unsent(self) -> Self:
        return self.filter(state__in=UNSENT_STATES)


class Batch(models.Model):
    """All that is due for uses up to `cut_off`, that day included. Approved by another than who prepared it.

    `approved_total`, in euros, and `approved_count`, of payments, are what its approver typed.
    """

    number = models.BigAutoField("numéro", primary_key=True)
    # The form's that asked for it, so that the same form sent twice prepares once.
    key = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    cut_off = models.DateField("dernier jour")
    state = models.CharField("état", max_length=8, choices=BatchState, default=BatchState.PREPARING)
    prepared_by = actor("préparé par")
    prepared_at = models.DateTimeField("préparé le", default=timezone.now, editable=False)
    approved_by = actor("approuvé par", null=True)
    approved_at = models.DateTimeField("approuvé le", null=True, editable=False)
    approved_total = models.DecimalField(
        "total approuvé", max_digits=11, decimal_places=2, null=True, editable=False
    )
    approved_count = models.PositiveIntegerField("paiements approuvés", null=True, editable=False)
    sent_by = actor("transmis par", null=True)
    sent_at = models.DateTimeField("transmis le", null=True, editable=False)
    settled_at = models.DateTimeField("soldé le", null=True, editable=False)
    dropped_by = actor("abandonné par", null=True)
    dropped_at = models.DateTimeField("abandonné le", null=True, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lot"
        ordering = ["-number"]
        default_permissions = ("view",)
        permissions = [
            ("prepare_batch", "Peut préparer, transmettre et solder les lots"),
            ("approve_batch", "Peut approuver les lots"),
        ]
        constraints = [
            models.UniqueConstraint(
                Case(When(state__in=UNSENT_STATES, then=Value(1))), name="payments_batch_one_unsent"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="payments_batch_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="payments_batch_approved_by_another",
            ),
            models.CheckConstraint(
                condition=_signed("approved", APPROVED_STATES),
                name="payments_batch_approved_means_dated_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_total=None, approved_count=None)
                | Q(approved_at__isnull=False, approved_total__isnull=False, approved_count__isnull=False),
                name="payments_batch_approved_means_totalled",
            ),
            models.CheckConstraint(
                condition=_signed("sent", (BatchState.SENT, BatchState.SETTLED)),
                name="payments_batch_sent_means_dated_and_signed",
            ),
            models.CheckConstraint(
                condition=_signed("dropped", (BatchState.DROPPED,)),
                name="payments_batch_dropped_means_dated_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(state=BatchState.SETTLED) ^ Q(settled_at=None),
                name="payments_batch_settled_means_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"Lot n°\N{NO-BREAK SPACE}{self.number}"
