"""Where: the communes, the affiliated organismes, and what they offer."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from wallets.models import Kind


class Commune(models.Model):
    """A town of the territory. Its centre is in WGS 84 degrees."""

    insee_code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=60)
    postcode = models.CharField("code postal", max_length=5)
    latitude = models.DecimalField("latitude", max_digits=8, decimal_places=6)
    longitude = models.DecimalField("longitude", max_digits=9, decimal_places=6)

    class Meta:
        verbose_name = "commune"
        ordering = ["insee_code"]

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """What is done there: judo, chant choral… Which wallet pays is the offer's business."""

    name = models.CharField("nom", max_length=80)

    class Meta:
        verbose_name = "activité"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="partners_activity_name_is_unique")]

    def __str__(self) -> str:
        return self.name


def _affiliated(day: dt.date, prefix: str = "") -> Q:
    """The condition « affiliated that day », first and last days included."""
    return Q(**{f"{prefix}affiliated_from__lte": day}) & (
        Q(**{f"{prefix}affiliated_until": None}) | Q(**{f"{prefix}affiliated_until__gte": day})
    )


class PartnerQuerySet(models.QuerySet["Partner"]):
    def affiliated_on(self, day: dt.date) -> Self:
        return self.filter(_affiliated(day))

    def for_directory(self, *, on: dt.date) -> Self:
        """The affiliated ones with all that the directory says of them."""
        offers = Offer.objects.select_related("activity")
        return self.affiliated_on(on).select_related("commune").prefetch_related(Prefetch("offers", offers))

    def in_commune(self, commune: Commune | None) -> Self:
        return self.filter(commune=commune) if commune else self

    def offering(self, *, kind: str = "", activity: Activity | None = None) -> Self:
        """Those with at least one offer of that kind, of that activity, or of both together."""
        if not kind and not activity:
            return self
        offers = Offer.objects.filter(partner=OuterRef("pk"))
        if kind:
            offers = offers.filter(kind=kind)
        if activity:
            offers = offers.filter(activity=activity)
        return self.filter(Exists(offers))


class Partner(models.Model):
    """An organisme: association, company or town service that takes the tickets."""

    name = models.CharField("nom", max_length=120)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="partners", verbose_name="commune")
    address = models.CharField("adresse", max_length=160, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    website = models.URLField("site", blank=True)
    affiliated_from = models.DateField("affilié depuis le")
    affiliated_until = models.DateField("affilié jusqu’au", null=True, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="partners_partner_affiliation_in_order",
                condition=Q(affiliated_until=None) | Q(affiliated_from__lte=F("affiliated_until")),
                violation_error_message="L’affiliation finit avant de commencer.",
            ),
        ]
        indexes = [models.Index(fields=["commune", "name"], name="partners_partner_directory")]

    def __str__(self) -> str:
        return self.name


class OfferQuerySet(models.QuerySet["Offer"]):
    def affiliated_on(self, day: dt.date) -> Self:
        """Offers that a ticket may be made for that day."""
        return self.filter(_affiliated(day, "partner__"))


class Offer(models.Model):
    """One activity at one organisme, and which wallet pays for it: dance is sport here, culture there."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="offers", verbose_name="organisme")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="offers", verbose_name="activité")
    kind = models.CharField("porte-monnaie", max_length=7, choices=Kind)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "offre"
        ordering = ["activity__name", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "activity", "kind"], name="partners_offer_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="partners_offer_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.activity.name
