from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from .fields import line_field, prose_field


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        """Articles whose publication date has passed."""
        return self.filter(publish_at__lte=timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def pinned_first(self) -> Self:
        return self.order_by("-pinned", "-publish_at", "-pk")


class Article(models.Model):
    title = line_field("titre", 120)
    slug = models.SlugField(
        "adresse",
        max_length=120,
        help_text="La fin de l’adresse de la page. Ne la changez plus une fois publiée.",
    )
    body = prose_field("texte")
    publish_at = models.DateTimeField(
        "publier le", default=timezone.now, help_text="D’ici là, personne ne la voit sur le site."
    )
    pinned = models.BooleanField("épinglée", default=False, help_text="Reste en tête des actualités.")
    updated_at = models.DateTimeField("modifiée le", auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "actualité"
        ordering = ["-publish_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="content_article_slug_is_unique",
                violation_error_message="Une autre actualité a déjà cette adresse.",
            ),
            models.CheckConstraint(
                name="content_article_slug_is_not_the_feeds",
                condition=~Q(slug="flux"),
                violation_error_message="L’adresse « flux » est prise par le flux des actualités.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.publish_at <= timezone.now()
