"""Uses that a family does not recognise."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .use import Use


class Doubt(models.TextChoices):
    """Why. Words of a list: a text would be about people."""

    NOT_THERE = "absent", "Mon enfant n’y est pas inscrit"
    NOT_AGREED = "accord", "Le ticket a été utilisé sans notre accord"
    NOT_DEDUCTED = "prix", "Sa valeur n’a pas été déduite du prix"
    OTHER = "autre", "Autre chose"


class Dispute(models.Model):
    """« Ce n’est pas normal »: what was used is not paid until an agent has decided. One a use."""

    use = models.OneToOneField(Use, models.PROTECT, related_name="dispute", verbose_name="utilisation")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="signalé par"
    )
    doubt = models.CharField("motif", max_length=6, choices=Doubt)
    created_at = models.DateTimeField("signalé le", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("décidé le", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="décidé par",
    )
    is_founded = models.BooleanField("la famille a raison", null=True, editable=False)
    # What gave the family its euros back, where the use stays because it is in a payment.
    repaid_by = models.OneToOneField(
        "wallets.Entry",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="somme rendue par",
    )

    class Meta:
        verbose_name = "contestation"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(doubt__in=Doubt.values), name="tickets_dispute_doubt_is_known"
            ),
            models.CheckConstraint(
                name="tickets_dispute_decided_means_dated_and_signed",
                condition=Q(decided_at=None, decided_by=None, is_founded=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_founded__isnull=False),
            ),
            models.CheckConstraint(
                # What is not decided yet is neither true nor false: a CHECK would let it pass.
                condition=Q(repaid_by=None) | Q(is_founded__isnull=False, is_founded=True),
                name="tickets_dispute_repaid_means_founded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use.ticket}, {self.get_doubt_display()}"
