"""Somebody else who is to act for a child."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.names import validate_person_name

from .application import KEPT_FOR, Application, ApplicationKind

# How long the link of an invitation is good.
VALID_FOR = dt.timedelta(days=30)


class OtherGuardian(models.Model):
    """As a guardian of the child says who it is. It goes with the papers, two months after the decision.

    An agent who accepts gives it a `key`, which the link of the invitation carries, signed; sent again, it
    has another one. `invited_at` is when the last link left, `joined_at` when somebody acted for the child by
    it, once.
    """

    KIND: ClassVar = ApplicationKind.GUARDIAN

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="other_guardian", verbose_name="demande"
    )
    first_name = models.CharField("prénom", max_length=60, validators=[validate_person_name])
    last_name = models.CharField("nom", max_length=60, blank=True, validators=[validate_person_name])
    email = models.EmailField("adresse e-mail")
    key = models.CharField("clé du lien", max_length=22, blank=True, editable=False)
    invited_at = models.DateTimeField("invitation envoyée le", null=True, editable=False)
    joined_at = models.DateTimeField("invitation acceptée le", null=True, editable=False)

    class Meta:
        verbose_name = "autre responsable"
        verbose_name_plural = "autres responsables"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="applications_otherguardian_key_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(joined_at=None) | ~Q(key=""),
                name="applications_otherguardian_joined_means_invited",
            ),
            models.CheckConstraint(
                condition=Q(invited_at=None) | ~Q(key=""),
                name="applications_otherguardian_dated_means_invited",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def last_day(self) -> dt.date | None:
        """Through which the link is good; none before the decision, nor once it is reopened."""
        decided_at = self.application.decided_at
        if not (decided_at and self.invited_at):
            return None
        # Of that moment: where the clocks change meanwhile, so many days later may be the next day.
        return timezone.localdate(min(self.invited_at + VALID_FOR, decided_at + KEPT_FOR))

    @property
    def is_over(self) -> bool:
        return self.last_day is not None and self.last_day < timezone.localdate()
