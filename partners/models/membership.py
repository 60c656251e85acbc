"""Who acts for an organisme."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .partner import Partner

# An access by which nobody comes is closed, after a warning.
UNSEEN, WARNED_BEFORE = dt.timedelta(days=730), dt.timedelta(days=30)


class Role(models.TextChoices):
    """A counter's member uses tickets; a manager also sees to members, money and the sheet."""

    COUNTER = "guichet", "Guichet"
    MANAGER = "responsable", "Responsable"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def of(self, partner: Partner) -> Self:
        """Its members of today and before, the managers first."""
        theirs = self.filter(partner=partner).select_related("user", "closed_by")
        return theirs.order_by("-role", "user__last_name", "user__first_name", "pk")

    def not_seen_since(self, day: dt.date) -> Self:
        """Open ones whose member has not come since; who never came counts from the day it was made."""
        return self.open().filter(Q(seen_on__lt=day) | Q(seen_on=None, created_at__date__lt=day))

    def to_warn(self, today: dt.date) -> Self:
        """Who has not come for so long that the access closes in a month."""
        return self.not_seen_since(today - UNSEEN + WARNED_BEFORE).filter(warned_on=None)

    def unseen(self, today: dt.date) -> Self:
        """Who was warned a month ago, and has not come since."""
        return self.not_seen_since(today - UNSEEN).filter(warned_on__lte=today - WARNED_BEFORE)


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
    # That nobody comes by it, and that it will close; a visit takes it back.
    warned_on = models.DateField("prévenu le", null=True, editable=False)
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
        permissions = [("manage_members", "Peut inviter et fermer les membres d’un organisme")]
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
    def name(self) -> str:
        """As the others of its organisme read it."""
        return "un compte effacé" if self.user.anonymised_at else str(self.user)

    @property
    def is_manager(self) -> bool:
        return self.role == Role.MANAGER
