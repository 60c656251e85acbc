"""The school years of the scheme: their dates and amounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core.money import CENT, euros
from core.money_fields import money_field


class Kind(models.TextChoices):
    SPORT = "sport", "Sport"
    CULTURE = "culture", "Culture"


class LateCancellation(models.TextChoices):
    REFUSED = "refused", "refusée"
    FORFEITS = "forfeits", "permise, le crédit est perdu"


def open_on(day: dt.date, prefix: str = "") -> Q:
    """The condition « takes tickets that day »."""
    return Q(**{f"{prefix}opens_on__lte": day, f"{prefix}last_ticket_on__gte": day})


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open_on(self, day: dt.date) -> Self:
        """Campaigns in which families may create tickets that day: two of them in June."""
        return self.filter(open_on(day))


class Campaign(models.Model):
    """A school year of the scheme. Every date includes its day; every amount is in euros.

    Amounts and dates changed every two or three years since 2005, so staff set them here.
    """

    name = models.CharField("nom", max_length=20, help_text="Par exemple 2026-2027.")
    opens_on = models.DateField("ouverture")
    last_ticket_on = models.DateField("dernier jour pour créer un ticket")
    last_cancellation_on = models.DateField("dernier jour pour annuler un ticket")
    last_validation_on = models.DateField("dernier jour pour utiliser un ticket")
    larger_share = money_field(
        "grande part", default=Decimal(60), help_text="Du porte-monnaie préféré, en euros."
    )
    smaller_share = money_field(
        "petite part", default=Decimal(20), help_text="De l’autre porte-monnaie, en euros."
    )
    supplement = money_field(
        "supplément boursier", default=Decimal(10), help_text="Par porte-monnaie, en euros."
    )
    ticket_minimum = money_field("ticket le plus petit", default=Decimal(1))
    ticket_step = money_field("pas des montants", default=CENT)
    series_amount = money_field("ticket d’une série", default=Decimal(10), help_text="« 6 tickets de 10 € ».")
    correction_ceiling = money_field(
        "plafond d’une correction",
        default=Decimal(200),
        help_text="En euros. Au-dessus, une correction attend un second agent.",
    )
    late_cancellation = models.CharField(
        "annulation tardive", max_length=8, choices=LateCancellation, default=LateCancellation.REFUSED
    )
    late_use_days = models.PositiveSmallIntegerField(
        "jours d’utilisation tardive",
        default=60,
        db_default=60,
        help_text="Après le dernier jour, un agent peut encore marquer utilisé, avec un motif, ce qui avait "
        "commencé avant.",
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne"
        permissions = [("run_campaign", "Peut ouvrir et clore une campagne")]
        ordering = ["-opens_on"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="wallets_campaign_name_is_unique"),
            models.CheckConstraint(
                name="wallets_campaign_dates_in_order",
                condition=Q(opens_on__lte=F("last_ticket_on"))
                & Q(last_ticket_on__lte=F("last_cancellation_on"))
                & Q(last_cancellation_on__lte=F("last_validation_on")),
                violation_error_message="Les dates se suivent : ouverture, ticket, annulation, utilisation.",
            ),
            models.CheckConstraint(
                name="wallets_campaign_amounts_are_positive",
                condition=Q(larger_share__gte=0, smaller_share__gte=0, supplement__gte=0)
                & Q(ticket_minimum__gt=0, ticket_step__gt=0),
                violation_error_message="Les montants doivent être positifs.",
            ),
            models.CheckConstraint(
                name="wallets_campaign_larger_share_is_larger",
                condition=Q(larger_share__gte=F("smaller_share")),
                violation_error_message="La grande part vaut au moins la petite.",
            ),
            models.CheckConstraint(
                name="wallets_campaign_series_is_of_real_tickets",
                condition=Q(series_amount__gte=F("ticket_minimum")),
                violation_error_message="Le ticket d’une série vaut au moins le ticket le plus petit.",
            ),
            models.CheckConstraint(
                name="wallets_campaign_correction_ceiling_is_positive",
                condition=Q(correction_ceiling__gte=0),
                violation_error_message="Le plafond d’une correction doit être positif.",
            ),
            models.CheckConstraint(
                name="wallets_campaign_late_cancellation_is_known",
                condition=Q(late_cancellation__in=LateCancellation.values),
            ),
            models.CheckConstraint(
                name="wallets_campaign_late_use_is_within_a_year",
                condition=Q(late_use_days__gte=0, late_use_days__lte=365),
                violation_error_message="L’utilisation tardive dure au plus 365\N{NO-BREAK SPACE}jours.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ticket_rule(self) -> str:
        """Which amounts a ticket may have, for who chose another."""
        sentence = f"Un ticket vaut au moins {euros(self.ticket_minimum)}"
        if self.ticket_step != CENT:
            sentence += f", par pas de {euros(self.ticket_step)}"
        return f"{sentence}."

    def takes_tickets_on(self, day: dt.date) -> bool:
        return self.opens_on <= day <= self.last_ticket_on

    def late_cancellation_on(self, day: dt.date) -> LateCancellation | None:
        """The rule for a cancellation that day; None while the credit is returned."""
        return None if day <= self.last_cancellation_on else LateCancellation(self.late_cancellation)

    def clean(self) -> None:
        """Raises ValidationError. SQLite, which has no decimals, could not check it."""
        step = self.ticket_step
        # One that is no step at all is refused by its constraint.
        if step and step > 0 and (self.series_amount % step or self.ticket_minimum % step):
            raise ValidationError("Le plus petit ticket et le ticket d’une série sont des multiples du pas.")
        if self.opens_on and self.last_ticket_on:
            self._clean_neighbours()

    def _clean_neighbours(self) -> None:
        """In June the next campaign is open before the last one ends: two at a time, one after the other."""
        overlapping = Campaign.objects.exclude(pk=self.pk).filter(
            opens_on__lte=self.last_ticket_on, last_ticket_on__gte=self.opens_on
        )
        for other in overlapping:
            before = self.opens_on < other.opens_on and self.last_ticket_on < other.last_ticket_on
            after = self.opens_on > other.opens_on and self.last_ticket_on > other.last_ticket_on
            if not before and not after:
                raise ValidationError(
                    f"Les dates de la campagne {other.name} et celles-ci sont l’une dans l’autre. "
                    "Une campagne qui ouvre après une autre finit aussi après elle."
                )
        for day in [self.opens_on, *overlapping.values_list("opens_on", flat=True)]:
            if self.takes_tickets_on(day) and len(overlapping.open_on(day)) > 1:
                raise ValidationError(f"Trois campagnes seraient ouvertes le {day:%d/%m/%Y}.")
