"""Invitations to act for an organisme."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string

from .membership import Role
from .partner import Partner

VALID_FOR = dt.timedelta(days=14)


def new_link_key() -> str:
    return get_random_string(22)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> Self:
        """Neither accepted nor withdrawn; those whose link is too old may be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """An e-mail whose link lets one person act for an organisme, once (`partners.invitations`)."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="invitations", verbose_name="organisme")
    email = models.EmailField("adresse e-mail")
    role = models.CharField("rôle", max_length=11, choices=Role)
    # What the link carries, signed; another one each time that it is sent.
    key = models.CharField("clé du lien", max_length=22, default=new_link_key, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="invité par"
    )
    created_at = models.DateTimeField("invité le", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("envoyée le", default=timezone.now, editable=False)
    # Of an organisme that is handed over: until then its members of before may object.
    opens_on = models.DateField("accès à partir du", null=True, editable=False)
    accepted_at = models.DateTimeField("acceptée le", null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="acceptée par",
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key"], name="partners_invitation_key_is_unique"),
            models.UniqueConstraint(
                F("partner"),
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="partners_invitation_one_is_pending",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="partners_invitation_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="partners_invitation_accepted_means_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="partners_invitation_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()} – {self.partner}"

    @property
    def inviter(self) -> str:
        """As whoever is invited reads it: an agent is the département."""
        return "le département" if self.invited_by.is_staff else str(self.invited_by)

    @property
    def last_day(self) -> dt.date:
        """Through which its link is good."""
        sent_on = timezone.localdate(self.sent_at)
        return max(sent_on, self.opens_on or sent_on) + VALID_FOR

    @property
    def has_expired(self) -> bool:
        return timezone.localdate() > self.last_day

    @property
    def is_open_yet(self) -> bool:
        return self.opens_on is None or timezone.localdate() >= self.opens_on
