from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from .fields import line_field, prose_field


class PageKey(models.TextChoices):
    """The last part of each page's address."""

    TUTORING = "soutien-scolaire", "Soutien scolaire"
    CONTACT = "contact", "Nous contacter"
    LEGAL = "mentions-legales", "Mentions légales"
    PRIVACY = "donnees-personnelles", "Données personnelles"


class Page(models.Model):
    """The text of one of the pages that the site always has."""

    key = models.CharField("page", max_length=20, choices=PageKey, editable=False)
    title = line_field("titre", 120)
    body = prose_field("texte")
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "page"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="content_page_key_is_unique"),
            models.CheckConstraint(condition=Q(key__in=PageKey.values), name="content_page_key_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse(f"content:{PageKey(self.key).name.lower()}")
