"""What staff may set of applications."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

NBSP = "\N{NO-BREAK SPACE}"


class Rules(models.Model):
    """One row."""

    target_days = models.PositiveSmallIntegerField(
        "jours pour répondre",
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="Ce que la page de la demande annonce.",
    )
    appeal = models.CharField(
        "recours",
        max_length=400,
        default=f"Vous n’êtes pas d’accord{NBSP}? Écrivez-nous dans les deux mois{NBSP}: un autre agent "
        "relira votre demande. Vous pouvez aussi saisir le tribunal administratif, dans le même délai.",
        help_text="Ce que l’on lit sous un refus.",
    )

    class Meta:
        verbose_name = "règles des demandes"
        verbose_name_plural = "règles des demandes"
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="applications_rules_are_one_row")]

    def __str__(self) -> str:
        return "Règles des demandes"

    @classmethod
    def current(cls) -> Self:
        """Those that staff have set, or the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
