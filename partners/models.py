"""Where: the communes, the affiliated organismes, and what they offer."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, Q
from django.utils import timezone

from core.compiled_query import Worded
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

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude of its centre, in degrees."""
        return float(self.latitude), float(self.longitude)


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
        """The affiliated ones as the directory shows them; `reading.listed` adds what they offer."""
        return self.affiliated_on(on).select_related("commune")


class Partner(models.Model):
    """An organisme: association, company or town service that takes the tickets."""

    name = models.CharField("nom", max_length=120)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="partners", verbose_name="commune")
    address = models.CharField("adresse", max_length=160, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    website = models.URLField("site", blank=True)
    latitude = models.DecimalField(
        "latitude",
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Sans position, l’organisme est montré au centre de sa commune.",
    )
    longitude = models.DecimalField("longitude", max_digits=9, decimal_places=6, null=True, blank=True)
    accessible = models.BooleanField("accueille les personnes en situation de handicap", default=False)
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
            models.CheckConstraint(
                name="partners_partner_position_is_whole",
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message="Donnez la latitude et la longitude, ou aucune des deux.",
            ),
            models.CheckConstraint(
                name="partners_partner_position_is_on_earth",
                condition=Q(latitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                violation_error_message="Cette position n’est pas sur la Terre.",
            ),
        ]
        indexes = [models.Index(fields=["commune", "name"], name="partners_partner_directory")]

    def __str__(self) -> str:
        return self.name

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude in degrees; the commune's centre where no better is known."""
        if self.latitude is None or self.longitude is None:
            return self.commune.position
        return float(self.latitude), float(self.longitude)


class DirectoryVersion(models.Model):
    """One row: another token at each change of the directory, for what is kept of it in memory."""

    token = models.UUIDField("version", default=uuid.uuid4)

    class Meta:
        verbose_name = "version de l’annuaire"
        verbose_name_plural = "versions de l’annuaire"

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def current(cls, *, using: str = DEFAULT_DB_ALIAS) -> uuid.UUID | None:
        return next((version.token for version in _versions(using=using)), None)


_versions = Worded(DirectoryVersion.objects.all)


class Suggestion(models.Model):
    """« Mon organisme n’est pas dans la liste »: what a family would like to find there."""

    name = models.CharField("nom de l’organisme", max_length=120)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    activity = models.CharField("activité", max_length=120)
    contact = models.EmailField("votre adresse e-mail", blank=True)
    created_at = models.DateTimeField("reçue le", default=timezone.now, editable=False)
    handled = models.BooleanField("traitée", default=False)

    class Meta:
        verbose_name = "organisme proposé"
        verbose_name_plural = "organismes proposés"
        ordering = ["handled", "-pk"]

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
        """As an agent tells it from all others; a family has chosen the organisme already."""
        return f"{self.partner}, {self.partner.commune} – {self.activity} ({self.get_kind_display()})"
