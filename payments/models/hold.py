"""Why an organisme is not in a batch."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.money_fields import money_field

from .batch import Batch


class Anomaly(models.TextChoices):
    """What holds a payment, and not the batch. Those of `CLEARABLE`, an agent may look into and clear."""

    NO_ACCOUNT = "compte", "Pas de compte bancaire vérifié"
    ACCOUNT_CHANGED = "change", "Compte bancaire changé depuis trop peu de jours"
    ACCOUNT_SHARED = "partage", "Compte bancaire d’un autre organisme aussi"
    CEASED = "ferme", "SIRET d’un établissement fermé"
    SUSPENDED = "suspendu", "Paiements suspendus"
    DEBT = "dette", "Doit plus qu’on ne lui doit"
    UNUSUAL_SUM = "somme", "Somme inhabituelle"
    TOO_QUICK = "rythme", "Trop d’utilisations en une heure"
    AT_NIGHT = "nuit", "Utilisations de nuit"


CLEARABLE = (Anomaly.UNUSUAL_SUM, Anomaly.TOO_QUICK, Anomaly.AT_NIGHT)


class Hold(models.Model):
    """One anomaly of one organisme, as a batch was prepared; `amount` in euros is what waits with it.

    Cleared, with a reason, the organisme joins the batch as long as that is not approved.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="holds", verbose_name="lot")
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="holds", verbose_name="organisme"
    )
    anomaly = models.CharField("anomalie", max_length=8, choices=Anomaly)
    detail = models.CharField("détail", max_length=200, blank=True)
    amount = money_field("montant")
    tickets = models.PositiveIntegerField("tickets")
    cleared_at = models.DateTimeField("levée le", null=True, editable=False)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="levée par",
    )
    clear_reason = models.CharField("motif", max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "retenue"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "partner", "anomaly"], name="payments_hold_once_an_anomaly"
            ),
            models.CheckConstraint(
                condition=Q(anomaly__in=Anomaly.values), name="payments_hold_anomaly_is_known"
            ),
            models.CheckConstraint(
                name="payments_hold_cleared_means_dated_signed_and_said",
                condition=(Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(clear_reason=""))
                | Q(cleared_at=None, cleared_by=None, clear_reason=""),
            ),
            models.CheckConstraint(
                condition=Q(cleared_at=None) | Q(anomaly__in=CLEARABLE), name="payments_hold_is_clearable"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_anomaly_display())
