"""Texts that staff write, in Markdown."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from . import facts


def line_field(verbose_name: str, max_length: int) -> models.CharField[str, str]:
    return models.CharField(verbose_name, max_length=max_length, validators=[facts.only_known])


def prose_field(verbose_name: str) -> models.TextField[str, str]:
    return models.TextField(verbose_name, validators=[facts.only_known])


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        """What everyone may read by now."""
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


class Audience(models.TextChoices):
    FAMILIES = "familles", "Familles"
    PUPILS = "collegiens", "Collégiens"
    PARTNERS = "organismes", "Organismes"


class HelpTopic(models.Model):
    """One question, as people ask it, and its answer."""

    question = line_field("question", 160)
    answer = prose_field("réponse")
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
