"""What one organisme is paid in one batch, and what it is made of."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from core.money import ZERO
from core.money_fields import in_cents, money_field

from .batch import APPROVED_STATES, Batch, BatchState
from .releasable import ReleasableModel, ReleasableQuerySet
from .theirs import of_organisme


class PaymentQuerySet(ReleasableQuerySet["Payment"]):
    def awaited(self) -> Self:
        """Those of sent batches of which nothing has come back."""
        return self.living().filter(outcomes=None, batch__state=BatchState.SENT)

    def of(self, partner_id: int) -> Self:
        """As an organisme sees them, the newest first: none before it is approved."""
        shown = self.living().filter(of_organisme(partner_id), batch__state__in=APPROVED_STATES)
        return shown.select_related("batch", "account").prefetch_related("outcomes").order_by("-pk")


class Payment(ReleasableModel):
    """Batch × organisme. Its names, numbers and account are those of the day it was prepared.

    Amounts in euros; `amount` = `sport` + `culture` + `corrected`. Of nothing, it was settled by what the
    organisme owed. Released, it was taken out of its batch before that was approved.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payments", verbose_name="lot")
    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="payments", verbose_name="organisme"
    )
    account = models.ForeignKey(
        "BankAccount", models.PROTECT, null=True, related_name="payments", verbose_name="compte bancaire"
    )
    is_first_on_account = models.BooleanField("premier paiement sur ce compte", default=False)
    legal_name = models.CharField("raison sociale", max_length=120)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    amount = money_field("montant")
    sport = money_field("Sport", default=ZERO)
    culture = money_field("Culture", default=ZERO)
    corrected = money_field("corrections", default=ZERO)
    tickets = models.PositiveIntegerField("tickets")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "paiement"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "partner"],
                condition=Q(released_at=None),
                name="payments_payment_once_a_batch",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="payments_payment_amount_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(amount=0), name="payments_payment_has_an_account"
            ),
            models.CheckConstraint(
                condition=Q(amount=in_cents(F("sport") + F("culture") + F("corrected"))),
                name="payments_payment_amount_is_its_parts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.legal_name}"

    @property
    def reference(self) -> str:
        """End to end: what the bank and the finance service give back with what became of it."""
        return f"PASS-{self.batch_id}-{self.pk}"


class Line(ReleasableModel):
    """One ticket, or one correction, of a payment; euros. Released, it is of no payment any more."""

    payment = models.ForeignKey(
        Payment, models.PROTECT, related_name="lines", verbose_name="paiement", db_index=False
    )
    use = models.ForeignKey(
        "tickets.Use", models.PROTECT, null=True, related_name="lines", verbose_name="utilisation"
    )
    ticket = models.ForeignKey(
        "tickets.Ticket", models.PROTECT, null=True, related_name="lines", verbose_name="ticket"
    )
    correction = models.ForeignKey(
        "Correction",
        models.PROTECT,
        null=True,
        related_name="lines",
        verbose_name="correction",
        db_index=False,
    )
    amount = money_field("montant")

    objects = ReleasableQuerySet["Line"].as_manager()

    class Meta:
        verbose_name = "ligne"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(released_at=None), name="payments_line_one_living_a_ticket"
            ),
            # Lines of tickets are not in it: a planner that goes through them may take it for a short list.
            models.UniqueConstraint(
                fields=["correction"],
                condition=Q(released_at=None, correction__isnull=False),
                name="payments_line_one_living_a_correction",
            ),
            models.CheckConstraint(
                name="payments_line_of_a_ticket_or_a_correction",
                condition=Q(ticket__isnull=False, use__isnull=False, correction=None, amount__gt=0)
                | (Q(ticket=None, use=None, correction__isnull=False) & ~Q(amount=0)),
            ),
        ]
        # The lines that a payment holds need no other index, even of a table nobody analysed since.
        indexes = [
            models.Index(fields=["payment", "released_at"], name="payments_line_of_a_payment"),
            models.Index(
                fields=["correction"],
                condition=Q(correction__isnull=False),
                name="payments_line_of_a_correction",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ticket or self.correction)
