"""What became of payments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.append_only import AppendOnlyModel

from .forgettable import ForgettableQuerySet
from .payment import Payment


class Fate(models.TextChoices):
    PAID = "paid", "payé"
    REJECTED = "rejected", "rejeté"
    # It had been paid: the bank gave it back later. It stays paid; the sum is owed anew, by a correction.
    RETURNED = "returned", "revenu"


class Outcome(AppendOnlyModel):
    """A payment is paid or rejected, once; one that was paid may come back, once."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="outcomes", verbose_name="paiement")
    fate = models.CharField("issue", max_length=8, choices=Fate)
    on = models.DateField("date")
    reason = models.CharField("motif", max_length=300, blank=True)
    mandat = models.CharField("mandat", max_length=35, blank=True)
    bordereau = models.CharField("bordereau", max_length=35, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="saisi par"
    )
    created_at = models.DateTimeField("saisi le", default=timezone.now, editable=False)

    objects = ForgettableQuerySet["Outcome"].as_manager()

    class Meta:
        verbose_name = "issue"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["payment"],
                condition=~Q(fate=Fate.RETURNED),
                name="payments_outcome_paid_or_rejected_once",
            ),
            models.UniqueConstraint(
                fields=["payment", "fate"],
                condition=Q(fate=Fate.RETURNED),
                name="payments_outcome_returned_once",
            ),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="payments_outcome_fate_is_known"),
            models.CheckConstraint(
                condition=Q(fate=Fate.PAID) | ~Q(reason=""), name="payments_outcome_refused_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fate_display()} le {self.on:%d/%m/%Y}"
