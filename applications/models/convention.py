"""The convention that organismes sign: its versions, one of which is in force."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.append_only import AppendOnly


class ConventionState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    IN_FORCE = "in_force", "en vigueur"
    ENDED = "ended", "plus en vigueur"


# What was in force once is not written again.
FIXED = {"title", "text"}


class ConventionQuerySet(models.QuerySet["Convention"]):
    def in_force(self) -> Self:
        return self.filter(state=ConventionState.IN_FORCE)

    def update(self, **kwargs: Any) -> int:
        if FIXED & kwargs.keys() and self.exclude(state=ConventionState.DRAFT).exists():
            raise AppendOnly
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.exclude(state=ConventionState.DRAFT).exists():
            raise AppendOnly
        return super().delete()


class Convention(models.Model):
    """A version of its text, in Markdown. Once in force it stays as it is, for who signs signs these words;
    another version replaces it. PostgreSQL refuses a change by a trigger, the model everywhere.
    """

    title = models.CharField("version", max_length=80, help_text="Par exemple Convention 2026-2027.")
    text = models.TextField(
        "texte",
        help_text="Une ligne vide sépare deux paragraphes. # Un titre, **en gras**, - une ligne de liste. Ni "
        "HTML ni images.",
    )
    state = models.CharField(
        "état", max_length=8, choices=ConventionState, default=ConventionState.DRAFT, editable=False
    )
    # The last time: the journal tells of the others.
    in_force_at = models.DateTimeField("en vigueur depuis", null=True, editable=False)
    in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="mise en vigueur par",
    )
    ended_at = models.DateTimeField("jusqu’au", null=True, editable=False)

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "version de la convention"
        verbose_name_plural = "convention des organismes"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=ConventionState.IN_FORCE),
                name="applications_convention_one_in_force",
            ),
            models.UniqueConstraint(fields=["title"], name="applications_convention_title_once"),
            models.CheckConstraint(
                condition=Q(state__in=ConventionState.values), name="applications_convention_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ConventionState.DRAFT, in_force_at=None, in_force_by=None)
                | (~Q(state=ConventionState.DRAFT) & Q(in_force_at__isnull=False, in_force_by__isnull=False)),
                name="applications_convention_in_force_means_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=ConventionState.ENDED) ^ Q(ended_at=None),
                name="applications_convention_ended_means_dated",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="applications_convention_has_a_text"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        columns = kwargs.get("update_fields")
        if not self._state.adding and not self.is_draft and (columns is None or FIXED & set(columns)):
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if not self.is_draft:
            raise AppendOnly
        return super().delete(*args, **kwargs)

    @property
    def is_draft(self) -> bool:
        return self.state == ConventionState.DRAFT

    @property
    def sha256(self) -> str:
        """Of the text, in UTF-8; hexadecimal."""
        return sha256(self.text.encode()).hexdigest()
