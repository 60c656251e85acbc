"""Who pays, as the files of batches say it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from partners.official_numbers import SIRET_LENGTH, NumberField, check_siret
from payments import iban_keys

NBSP = "\N{NO-BREAK SPACE}"


def masked(iban: str) -> str:
    return f"{iban[:2]} •••• {iban[-4:]}"


class Naming(models.TextChoices):
    """How statements name children."""

    NOBODY = "collectif", "personne (collectif)"
    INITIALS = "initiales", "par ses initiales"
    NAMES = "nominatif", "par son prénom et son nom"


class Payer(models.Model):
    """One row. Without an account, no transfers are written: the finance service pays from the CSV."""

    name = models.CharField(
        "nom de la collectivité", max_length=120, blank=True, help_text=f"Vide{NBSP}: celui du site."
    )
    siret = NumberField("SIRET", max_length=SIRET_LENGTH, blank=True, validators=[check_siret])
    deliberation = models.CharField(
        "référence de la délibération",
        max_length=120,
        blank=True,
        help_text="Celle qui fonde les paiements, avec sa date.",
    )
    naming = models.CharField(
        "les états nomment un enfant", max_length=9, choices=Naming, default=Naming.INITIALS
    )
    vat = models.CharField(
        "mention de TVA",
        max_length=200,
        default="Sommes versées toutes taxes comprises. L’organisme déclare la TVA s’il y est assujetti.",
        help_text="Des organismes qui n’en ont pas une à eux.",
    )
    sealed_iban = models.TextField("IBAN à débiter, chiffré", blank=True, editable=False)
    bic = models.CharField("BIC à débiter", max_length=11, blank=True)
    working_days = models.PositiveSmallIntegerField(
        "jours ouvrés de l’approbation aux virements", default=3, validators=[MaxValueValidator(60)]
    )

    class Meta:
        verbose_name = "payeur"
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="payments_payer_is_one_row"),
            models.CheckConstraint(
                condition=Q(naming__in=Naming.values), name="payments_payer_naming_is_known"
            ),
            models.CheckConstraint(
                condition=Q(sealed_iban="", bic="") | (~Q(sealed_iban="") & ~Q(bic="")),
                name="payments_payer_account_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{settings.BRAND['authority']} {settings.BRAND['territory']}"

    @property
    def iban(self) -> str:
        """The whole one, for the file of transfers; empty without an account. Raises NotSealed."""
        return iban_keys.unseal(self.sealed_iban) if self.sealed_iban else ""

    @iban.setter
    def iban(self, iban: str) -> None:
        self.sealed_iban = iban_keys.seal(iban) if iban else ""

    @property
    def masked(self) -> str:
        """« FR •••• 0189 »."""
        try:
            return masked(self.iban) if self.sealed_iban else "aucun"
        except iban_keys.NotSealed:
            return "illisible"

    @classmethod
    def current(cls) -> Self:
        """The one that staff have set, or the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
