"""The collèges, and their years."""

from __future__ import annotations

from django.db import models


class School(models.Model):
    """A collège, known by its national UAI code."""

    uai = models.CharField("code UAI", max_length=8, primary_key=True)
    name = models.CharField("nom", max_length=120)
    insee_code = models.CharField("code INSEE de la commune", max_length=5)

    class Meta:
        verbose_name = "collège"
        ordering = ["name", "uai"]

    def __str__(self) -> str:
        return self.name


class Grade(models.TextChoices):
    SIXIEME = "6", "6e"
    CINQUIEME = "5", "5e"
    QUATRIEME = "4", "4e"
    TROISIEME = "3", "3e"
