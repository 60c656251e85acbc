from __future__ import annotations

from django.db import models
from django.db.models import Q

from .fields import line_field, prose_field


class Audience(models.TextChoices):
    FAMILIES = "familles", "Familles"
    PUPILS = "collegiens", "Collégiens"
    PARTNERS = "organismes", "Organismes"


class HelpTopic(models.Model):
    """One question, as people ask it, and its answer."""

    question = line_field("question", 160)
    answer = prose_field("réponse")
    keywords = models.TextField(
        "autres mots",
        max_length=1000,
        blank=True,
        help_text="Ce que les familles tapent, et que ni la question ni la réponse ne disent.",
    )
    audience = models.CharField("public", max_length=10, choices=Audience)
    position = models.PositiveSmallIntegerField("ordre", default=100, help_text="Le plus petit d’abord.")

    class Meta:
        verbose_name = "question d’aide"
        verbose_name_plural = "questions d’aide"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="content_helptopic_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.question
