"""The offers of organismes."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from wallets.models import Kind

from .activity import Activity
from .partner import Partner, affiliated


class OfferQuerySet(models.QuerySet["Offer"]):
    def current_on(self, day: dt.date) -> Self:
        """Offers that have not ended that day, whatever becomes of their organisme."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def affiliated_on(self, day: dt.date) -> Self:
        """Offers that a ticket may be made for that day."""
        return self.current_on(day).filter(affiliated(day, "partner__"))


class Offer(models.Model):
    """One activity at one organisme, and which wallet pays for it: dance is sport here, culture there."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="offers", verbose_name="organisme")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="offers", verbose_name="activité")
    kind = models.CharField("porte-monnaie", max_length=7, choices=Kind)
    # That day included.
    ends_on = models.DateField(
        "proposée jusqu’au",
        null=True,
        blank=True,
        help_text="Vide\N{NO-BREAK SPACE}: tant que l’organisme est affilié.",
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "offre"
        ordering = ["activity__name", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "activity", "kind"], name="partners_offer_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="partners_offer_kind_is_known"),
        ]

    def __str__(self) -> str:
        """As an agent tells it from all others; a family has chosen the organisme already."""
        return f"{self.partner}, {self.partner.commune} – {self.activity} ({self.get_kind_display()})"

    def has_ended_on(self, day: dt.date) -> bool:
        return self.ends_on is not None and self.ends_on < day
