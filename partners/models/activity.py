"""Activities."""

from __future__ import annotations

from django.db import models


class Activity(models.Model):
    """An activity: judo, chant choral… The offer says which wallet pays for it."""

    name = models.CharField("nom", max_length=80)

    class Meta:
        verbose_name = "activité"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="partners_activity_name_is_unique")]

    def __str__(self) -> str:
        return self.name
