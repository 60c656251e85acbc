"""Tries at a counter that failed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Why(models.TextChoices):
    MISCOPIED = "recopie", "mal recopié"
    UNKNOWN = "inconnu", "inconnu"
    USED_HERE = "ici", "déjà utilisé ici"
    USED_ELSEWHERE = "ailleurs", "déjà utilisé ailleurs"
    CANCELLED = "annule", "annulé"
    EXPIRED = "expire", "expiré"
    FOR_ANOTHER = "autre", "affecté à un autre organisme"
    OTHER_KIND = "genre", "d’un autre porte-monnaie"
    NOT_IN_FORCE = "affiliation", "affiliation pas en vigueur"
    SUSPENDED = "suspendu", "organisme suspendu"


class FailedTry(models.Model):
    """Who tried what, where, and why it did not do; kept for a year. Of the code there is an HMAC."""

    partner = models.ForeignKey(
        "partners.Partner", models.CASCADE, related_name="+", verbose_name="organisme", db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="par", db_index=False
    )
    why = models.CharField("raison", max_length=11, choices=Why)
    code_digest = models.CharField("empreinte du code", max_length=64)
    at = models.DateTimeField("le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "essai refusé au guichet"
        verbose_name_plural = "essais refusés au guichet"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="tickets_failedtry_why_is_known"),
        ]
        indexes = [
            # How many unknown codes of late (tickets/counter/tries.py).
            models.Index(fields=["actor", "-at"], name="tickets_failedtry_of_a_member"),
            models.Index(fields=["partner", "-at"], name="tickets_failedtry_of_a_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.partner}, {self.get_why_display()}"
