"""Organismes suggested by families."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from .place import Commune


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
