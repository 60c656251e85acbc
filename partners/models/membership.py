"""Who acts for an organisme."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .partner import Partner


class Role(models.TextChoices):
    """A counter's member uses tickets; a manager also sees to members, money and the sheet."""

    COUNTER = "guichet", "Guichet"
    MANAGER = "responsable", "Responsable"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def not_seen_since(self, day: dt.date) -> Self:
        """Open ones whose member has not come since; who never came counts from the day it was made."""
        return self.open().filter(Q(seen_on__lt=day) | Q(seen_on=None, created_at__date__lt=day))


class Membership(models.Model):
    """One account that acts for one organisme: the same one with which a parent comes in.

    It is closed, never deleted: who used a ticket stays readable.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name="compte"
    )
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="memberships", verbose_name="organisme")
    role = models.CharField("rôle", max_length=11, choices=Role)
    created_at = models.DateTimeField("membre depuis le", default=timezone.now, editable=False)
    seen_on = models.DateField("dernière visite", null=True, editable=False)
    closed_at = models.DateTimeField("fermé le", null=True, editable=False)
    # Nobody, where nobody came for so long that it closed.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="fermé par",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "membre d’un organisme"
        verbose_name_plural = "membres des organismes"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "partner"], condition=Q(closed_at=None), name="partners_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="partners_membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_at__isnull=False),
                name="partners_membership_closed_means_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} – {self.partner}"

    @property
    def is_manager(self) -> bool:
        return self.role == Role.MANAGER
