"""What is owed, or to be given back, beside tickets."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from core.append_only import AppendOnlyModel
from core.money_fields import money_field

from .forgettable import ForgettableQuerySet
from .payment import Line


class CorrectionQuerySet(ForgettableQuerySet["Correction"]):
    def due(self) -> Self:
        """Those that are in no payment: the next one takes them."""
        return self.filter(~Exists(Line.objects.living().filter(correction=OuterRef("pk"))))


class Correction(AppendOnlyModel):
    """Euros, signed: positive, the organisme is paid more. Never an edit: a second one corrects the first."""

    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="corrections", verbose_name="organisme"
    )
    # The form's, or the return's, that it comes of: sent twice, it is one.
    key = models.UUIDField("clé", default=uuid.uuid4, unique=True, editable=False)
    amount = money_field("montant")
    reason = models.CharField("motif", max_length=300)
    # The paid ticket that it takes back, if it is of one.
    ticket = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ticket"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="auteur"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="confirmée par"
    )
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "correction"
        default_permissions = ("view",)
        permissions = [("correct_payment", "Peut corriger ce qui est dû à un organisme")]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="payments_correction_amount_is_not_zero"),
            models.CheckConstraint(condition=~Q(reason=""), name="payments_correction_has_a_reason"),
            models.UniqueConstraint(fields=["ticket"], name="payments_correction_takes_a_ticket_back_once"),
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("author")),
                name="payments_correction_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
