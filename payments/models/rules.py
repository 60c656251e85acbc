"""What staff may set of payments."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.money_fields import money_field


class Rules(models.Model):
    """One row. Defaults are those of the specification; hours are of Paris."""

    prepared_on_day = models.PositiveSmallIntegerField(
        "jour du mois où se prépare un lot",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="Il paie les utilisations jusqu’au dernier jour du mois d’avant.",
    )
    account_delay = models.PositiveSmallIntegerField(
        "jours ouvrés avant qu’un nouveau compte serve", default=5, validators=[MaxValueValidator(60)]
    )
    unusual_ratio = models.PositiveSmallIntegerField(
        "somme inhabituelle\N{NO-BREAK SPACE}: fois le meilleur mois",
        default=3,
        validators=[MinValueValidator(1)],
    )
    unusual_from = money_field(
        "somme inhabituelle\N{NO-BREAK SPACE}: à partir de",
        default=Decimal("500.00"),
        help_text="En dessous, une somme n’a rien d’inhabituel.",
    )
    uses_an_hour = models.PositiveSmallIntegerField(
        "utilisations en une heure, au plus", default=50, validators=[MinValueValidator(1)]
    )
    night_from = models.PositiveSmallIntegerField(
        "nuit\N{NO-BREAK SPACE}: de (heure)", default=0, validators=[MaxValueValidator(23)]
    )
    night_until = models.PositiveSmallIntegerField(
        "nuit\N{NO-BREAK SPACE}: jusqu’à (heure)", default=5, validators=[MaxValueValidator(23)]
    )
    second_agent_above = money_field(
        "correction\N{NO-BREAK SPACE}: un second agent au-dessus de", default=Decimal("200.00")
    )
    debt_months = models.PositiveSmallIntegerField(
        "mois avant qu’une dette soit à recouvrer", default=6, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = "règles de paiement"
        verbose_name_plural = "règles de paiement"
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="payments_rules_are_one_row")]

    def __str__(self) -> str:
        return "Règles de paiement"

    @classmethod
    def current(cls) -> Self:
        """Those that staff have set, or the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
