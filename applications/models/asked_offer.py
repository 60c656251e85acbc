"""What an organisme asks to offer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from partners.models import Activity
from wallets.models import Kind

from .candidacy import Candidacy


class AskedOffer(models.Model):
    """One activity, and which wallet is to pay for it."""

    candidacy = models.ForeignKey(
        Candidacy, models.CASCADE, related_name="offers", verbose_name="organisme candidat"
    )
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", verbose_name="activité")
    kind = models.CharField("porte-monnaie", max_length=7, choices=Kind)

    class Meta:
        verbose_name = "offre demandée"
        verbose_name_plural = "offres demandées"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "activity", "kind"], name="applications_askedoffer_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="applications_askedoffer_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} ({self.get_kind_display()})"
