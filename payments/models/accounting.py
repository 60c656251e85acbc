"""The codes of the finance software. Opaque: nothing is computed of them, files echo them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wallets.models import Kind

NBSP = "\N{NO-BREAK SPACE}"


class AccountingCodes(models.Model):
    """Of what a wallet pays."""

    kind = models.CharField("porte-monnaie", max_length=7, choices=Kind, unique=True)
    nature = models.CharField("nature", max_length=35, blank=True)
    fonction = models.CharField("fonction", max_length=35, blank=True)
    service = models.CharField("service", max_length=35, blank=True)
    engagement = models.CharField("engagement", max_length=35, blank=True)

    class Meta:
        verbose_name = "codes comptables"
        verbose_name_plural = "codes comptables"
        ordering = ["kind"]
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="payments_codes_kind_is_known")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PartnerAccounting(models.Model):
    """Of one organisme."""

    partner = models.OneToOneField(
        "partners.Partner", models.PROTECT, related_name="accounting", verbose_name="organisme"
    )
    tiers_code = models.CharField("code tiers", max_length=35, blank=True)
    convention = models.CharField("référence de la convention", max_length=120, blank=True)
    engagement = models.CharField(
        "engagement", max_length=35, blank=True, help_text=f"Vide{NBSP}: celui du porte-monnaie."
    )
    vat = models.CharField(
        "mention de TVA", max_length=200, blank=True, help_text=f"Vide{NBSP}: celle de tous."
    )

    class Meta:
        verbose_name = "codes comptables d’un organisme"
        verbose_name_plural = "codes comptables des organismes"
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.partner)
