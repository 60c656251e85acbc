"""What is counted of a campaign beside the pages."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Figure(models.TextChoices):
    """What is counted of a campaign, and kept."""

    SUMS = "sommes", "Sommes"
    WEEKS = "semaines", "Semaines"
    WHOLE = "ensemble", "Ensemble"
    MONTH = "mois", "Mois"
    COMMUNE = "commune", "Commune"
    SCHOOL = "college", "Collège"
    PARTNER = "organisme", "Organisme"
    ACTIVITY = "activite", "Activité"
    WAITING = "attente", "Ce qui attend"
    WAYS = "moyens", "Moyens"


class KeptFigures(models.Model):
    """What was counted of a campaign at some moment: a page reads it in milliseconds (tickets.figures).

    All of one campaign is counted in one snapshot. Nothing is lost with it: it is counted again.
    """

    campaign = models.ForeignKey(
        "wallets.Campaign", models.CASCADE, related_name="figures", verbose_name="campagne"
    )
    what = models.CharField("quoi", max_length=9, choices=Figure)
    # Numbers, by codes and keys; no name, and amounts in cents.
    figures = models.JSONField("nombres")
    counted_at = models.DateTimeField("compté le")

    class Meta:
        verbose_name = "nombres comptés"
        verbose_name_plural = "nombres comptés"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["campaign", "what"], name="tickets_keptfigures_once"),
            models.CheckConstraint(
                condition=Q(what__in=Figure.values), name="tickets_keptfigures_what_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.campaign}"
