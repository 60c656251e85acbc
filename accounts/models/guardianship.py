"""Which adults act for which children."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from .child import Beneficiary


class Guardianship(models.Model):
    """One adult who acts for one child. Parents who live apart have one each."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="guardianships",
        verbose_name="responsable légal",
    )
    beneficiary = models.ForeignKey(
        Beneficiary, models.CASCADE, related_name="guardianships", verbose_name="bénéficiaire"
    )

    class Meta:
        verbose_name = "responsabilité légale"
        verbose_name_plural = "responsabilités légales"
        constraints = [
            models.UniqueConstraint(fields=["user", "beneficiary"], name="accounts_guardianship_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.beneficiary}"


class EndedGuardianship(models.Model):
    """A guardianship that an agent ended: no roster makes it again, only another act does."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="responsable légal"
    )
    beneficiary = models.ForeignKey(
        Beneficiary, models.CASCADE, related_name="ended_guardianships", verbose_name="bénéficiaire"
    )
    at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "responsabilité légale terminée"
        verbose_name_plural = "responsabilités légales terminées"
        constraints = [
            models.UniqueConstraint(fields=["user", "beneficiary"], name="accounts_endedguardianship_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.beneficiary}"
