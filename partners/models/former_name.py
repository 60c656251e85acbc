"""What organismes were called before."""

from __future__ import annotations

from django.db import models

from .partner import Partner
from .place import Commune


class FormerName(models.Model):
    """A name that an organisme had in a commune: files that still say it are about it, not a second one."""

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="former_names", verbose_name="organisme"
    )
    name = models.CharField("nom", max_length=120)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")

    class Meta:
        verbose_name = "ancien nom"
        verbose_name_plural = "anciens noms"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["partner", "name", "commune"], name="partners_formername_once"),
        ]

    def __str__(self) -> str:
        return self.name
