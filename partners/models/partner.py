"""The affiliated organismes."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace, Upper

from accounts.models import User
from partners.official_numbers import RNA_LENGTH, SIRET_LENGTH, NumberField, check_rna, check_siret

from .place import Commune


def affiliated(day: dt.date, prefix: str = "") -> Q:
    """The condition « affiliated that day », first and last days included."""
    return Q(**{f"{prefix}affiliated_from__lte": day, f"{prefix}merged_into": None}) & (
        Q(**{f"{prefix}affiliated_until": None}) | Q(**{f"{prefix}affiliated_until__gte": day})
    )


class PartnerQuerySet(models.QuerySet["Partner"]):
    def affiliated_on(self, day: dt.date) -> Self:
        return self.filter(affiliated(day))

    def standing(self) -> Self:
        """Those that were not merged into another one."""
        return self.filter(merged_into=None)

    def accessible_to(self, user: User) -> Self:
        """Those that this account acts for. An agent's acts for none: it has pages of its own."""
        if user.is_staff:
            return self.none()
        return self.standing().filter(memberships__user=user, memberships__closed_at=None)

    def for_directory(self, *, on: dt.date) -> Self:
        """The affiliated ones as the directory shows them; `reading.listed` adds what they offer."""
        return self.affiliated_on(on).select_related("commune")


class Partner(models.Model):
    """An organisme: association, company or town service that takes the tickets."""

    name = models.CharField("nom", max_length=120)
    siret = NumberField(
        "SIRET",
        max_length=SIRET_LENGTH,
        blank=True,
        default="",
        db_default="",
        validators=[check_siret],
        help_text="Les imports le reconnaissent à ce numéro, même s’il change de nom.",
    )
    rna = NumberField(
        "numéro RNA",
        max_length=RNA_LENGTH,
        blank=True,
        default="",
        db_default="",
        validators=[check_rna],
        help_text="D’une association, au registre national\N{NO-BREAK SPACE}: W922001234.",
    )
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
    # What the geocoder was asked about last; empty, the position is somebody's own (locating.py).
    located_address = models.CharField(
        "adresse cherchée", max_length=170, blank=True, default="", db_default="", editable=False
    )
    accessible = models.BooleanField("accueille les personnes en situation de handicap", default=False)
    affiliated_from = models.DateField("affilié depuis le")
    affiliated_until = models.DateField("affilié jusqu’au", null=True, blank=True)
    # Its tickets wait; its page stays in the directory.
    suspended_on = models.DateField(
        "utilisations suspendues depuis le",
        null=True,
        blank=True,
        help_text="Vide\N{NO-BREAK SPACE}: ses membres utilisent les tickets.",
    )
    payments_suspended_on = models.DateField(
        "paiements suspendus depuis le",
        null=True,
        blank=True,
        help_text="Vide\N{NO-BREAK SPACE}: les lots le paient.",
    )
    ceased_on = models.DateField(
        "établissement fermé depuis le",
        null=True,
        blank=True,
        help_text="D’après le registre\N{NO-BREAK SPACE}: les lots ne le paient plus.",
    )
    # It keeps its name and its numbers: files may still say them. One that stands, always.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name="fusionné dans",
    )

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
            models.UniqueConstraint(
                fields=["siret"], condition=~Q(siret=""), name="partners_partner_siret_is_unique"
            ),
            models.UniqueConstraint(
                fields=["rna"], condition=~Q(rna=""), name="partners_partner_rna_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(siret=Replace("siret", Value(" "))),
                name="partners_partner_siret_is_written_one_way",
            ),
            models.CheckConstraint(
                condition=Q(rna=Upper(Replace("rna", Value(" ")))),
                name="partners_partner_rna_is_written_one_way",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="partners_partner_not_merged_into_itself"
            ),
        ]
        indexes = [models.Index(fields=["commune", "name"], name="partners_partner_directory")]

    def __str__(self) -> str:
        return self.name

    def is_affiliated_on(self, day: dt.date) -> bool:
        is_over = self.affiliated_until is not None and day > self.affiliated_until
        return self.merged_into_id is None and self.affiliated_from <= day and not is_over

    @property
    def place(self) -> str:
        """Where it is, for a map of another site: its address, or its position if that is all we know."""
        if self.address:
            return f"{self.address}, {self.postcode or self.commune.postcode} {self.commune.name}"
        return ",".join(map(str, self.position))

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude in degrees; the commune's centre where no better is known."""
        if self.latitude is None or self.longitude is None:
            return self.commune.position
        return float(self.latitude), float(self.longitude)
