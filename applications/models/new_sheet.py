"""What an organisme asks its sheet to say from now on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from partners.models import Activity
from wallets.models import Kind

from .application import Application


class SheetColumn(models.TextChoices):
    """Of the organisme. A commune is its INSEE code; yes or no, « oui » or « non »."""

    NAME = "name", "Nom"
    ADDRESS = "address", "Adresse"
    POSTCODE = "postcode", "Code postal"
    COMMUNE = "commune", "Commune"
    PHONE = "phone", "Téléphone"
    EMAIL = "email", "Adresse e-mail"
    WEBSITE = "website", "Site"
    ACCESSIBLE = "accessible", "Accueille les personnes en situation de handicap"


class NewSheet(models.Model):
    """Its columns that change, and its offers; or that its affiliation, which has a last day, goes on.

    It goes two months after the decision.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="new_sheet", verbose_name="demande"
    )
    other_activities = models.CharField("autres activités", max_length=200, blank=True)
    renews = models.BooleanField("renouvelle l’affiliation", default=False)

    class Meta:
        verbose_name = "nouvelle fiche"
        verbose_name_plural = "nouvelles fiches"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Nouvelle fiche de la demande {self.application_id}"


class SheetEdit(models.Model):
    """What a column said when it was asked for, and is to say."""

    sheet = models.ForeignKey(NewSheet, models.CASCADE, related_name="edits", verbose_name="fiche")
    column = models.CharField("colonne", max_length=10, choices=SheetColumn)
    before = models.CharField("avant", max_length=254, blank=True)
    after = models.CharField("après", max_length=254, blank=True)

    class Meta:
        verbose_name = "changement de fiche"
        verbose_name_plural = "changements de fiche"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sheet", "column"], name="applications_sheetedit_once"),
            models.CheckConstraint(
                condition=Q(column__in=SheetColumn.values), name="applications_sheetedit_column_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="applications_sheetedit_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return self.get_column_display()


class SheetOffer(models.Model):
    """An offer that it is to have, or that ends."""

    sheet = models.ForeignKey(NewSheet, models.CASCADE, related_name="offers", verbose_name="fiche")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", verbose_name="activité")
    kind = models.CharField("porte-monnaie", max_length=7, choices=Kind)
    is_wanted = models.BooleanField("à proposer", default=True)

    class Meta:
        verbose_name = "offre à changer"
        verbose_name_plural = "offres à changer"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "activity", "kind"], name="applications_sheetoffer_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="applications_sheetoffer_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} ({self.get_kind_display()})"
