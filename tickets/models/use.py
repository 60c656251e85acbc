"""Uses of tickets, undone ones too."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from .state import USED_STATES
from .ticket import Ticket
from .way import Way

# An organisme's lists say whose tickets it used for so long after their campaign.
NAMED_FOR = dt.timedelta(days=365)


class UseQuerySet(models.QuerySet["Use"]):
    def living(self) -> Self:
        return self.filter(undone_at=None)

    def with_tickets(self) -> Self:
        """With what a counter shows of each."""
        return self.select_related(
            "ticket__wallet__beneficiary",
            "ticket__wallet__campaign",
            "offer__activity",
            "actor",
            "dispute",
        )

    def at_odds_with_tickets(self) -> Self:
        """Living ones whose ticket is not used, or not there, or not by whom it says."""
        agrees = Q(
            ticket__state__in=USED_STATES,
            ticket__offer=F("offer"),
            ticket__used_by=F("actor"),
            ticket__used_at=F("used_at"),
        )
        return self.living().exclude(agrees)


class Use(models.Model):
    """One use of one ticket, of its whole amount. Undone, it stays, and the ticket may be used anew."""

    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="uses", verbose_name="ticket", db_index=False
    )
    offer = models.ForeignKey(
        "partners.Offer", models.PROTECT, related_name="uses", verbose_name="offre", db_index=False
    )
    # The form's that confirmed it, so that the same form sent twice uses once.
    key = models.UUIDField("clé", default=uuid.uuid4, editable=False)
    way = models.CharField("moyen", max_length=9, choices=Way)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="uses", verbose_name="utilisé par"
    )
    used_at = models.DateTimeField("utilisé le", default=timezone.now, editable=False)
    undone_at = models.DateTimeField("annulé le", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="annulé par",
    )
    undo_reason = models.CharField("motif", max_length=300, blank=True, editable=False)

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = "utilisation"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["ticket", "key"], name="tickets_use_once_a_form"),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(undone_at=None), name="tickets_use_one_living"
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="tickets_use_way_is_known"),
            models.CheckConstraint(
                name="tickets_use_undone_means_dated_and_signed",
                condition=Q(undone_at__isnull=False, undone_by__isnull=False)
                | Q(undone_at=None, undone_by=None, undo_reason=""),
            ),
        ]
        indexes = [
            # What an organisme used, newest first.
            models.Index(fields=["offer", "-used_at"], name="tickets_use_of_an_offer"),
            models.Index(fields=["key"], name="tickets_use_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket}, {self.get_way_display()}"

    @property
    def is_disputed(self) -> bool:
        """Whether the family does not recognise it, and no agent has decided yet."""
        dispute = getattr(self, "dispute", None)
        return dispute is not None and dispute.decided_at is None

    @property
    def is_taken_back(self) -> bool:
        """Whether the family was right after it was in a payment: it stays, and the organisme owes it."""
        dispute = getattr(self, "dispute", None)
        return dispute is not None and bool(dispute.is_founded) and self.undone_at is None

    @property
    def child_name(self) -> str:
        """First name and initial; a year after the last day of its campaign, nothing any more."""
        told_until = self.ticket.valid_until + NAMED_FOR
        return self.ticket.wallet.beneficiary.short_name if timezone.localdate() <= told_until else ""

    @property
    def actor_name(self) -> str:
        """As an organisme reads it: an agent is the département."""
        return "le département" if self.actor.is_staff else self.actor.get_full_name() or "un membre"


def used_without_a_use() -> models.QuerySet[Ticket]:
    """Used tickets of which no living use tells. There must never be one."""
    living = FilteredRelation("uses", condition=Q(uses__undone_at=None))
    return Ticket.objects.annotate(living=living).filter(state__in=USED_STATES, living=None)
