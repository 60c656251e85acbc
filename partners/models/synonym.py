"""Other words for activities."""

from __future__ import annotations

from django.db import models


class Synonym(models.Model):
    """What families type, and what activity or commune it means: « ping-pong » is « Tennis de table ».

    By name, not by key: an import may bring an activity that a synonym has been waiting for.
    """

    typed = models.CharField("ce que les familles tapent", max_length=60)
    means = models.CharField(
        "ce qu’elles cherchent",
        max_length=80,
        help_text="Une activité, telle que les organismes l’écrivent (Danse vaut aussi pour Danse classique)"
        ", ou une commune. Plusieurs\N{NO-BREAK SPACE}: une ligne pour chacune.",
    )

    class Meta:
        verbose_name = "autre mot"
        verbose_name_plural = "autres mots"
        ordering = ["typed", "means"]
        constraints = [
            models.UniqueConstraint(fields=["typed", "means"], name="partners_synonym_once"),
        ]

    def __str__(self) -> str:
        return f"{self.typed} → {self.means}"
