"""Tickets."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from accounts.models import Beneficiary
from core.codes import show_code
from core.money_fields import money_field
from wallets.models import Nature, Wallet

from ..codes import new_code
from .order import Order
from .standing import TicketStanding
from .state import OPEN_STATES, USED_STATES, State


class TicketQuerySet(models.QuerySet["Ticket"]):
    def of(self, beneficiary: Beneficiary) -> Self:
        """This child's tickets, newest first; `tickets.lines` is what a list shows of them."""
        return (
            self.filter(wallet__beneficiary=beneficiary)
            .select_related("offer__partner", "order__actor")
            .order_by("-number")
        )

    def with_places(self) -> Self:
        """With the activity, the organisme and its commune, as a ticket shows them."""
        return self.select_related("wallet__campaign", "offer__partner__commune", "offer__activity")

    def with_people(self) -> Self:
        """With who made it, and who cancelled it."""
        return self.select_related("order__actor", "cancelled_by")

    def with_beneficiary(self) -> Self:
        """With the child too."""
        return self.with_places().with_people().select_related("wallet__beneficiary")

    def usable_on(self, day: dt.date) -> Self:
        return self.filter(state__in=OPEN_STATES, wallet__campaign__last_validation_on__gte=day)

    def shown_as(self, state: State, day: dt.date) -> Self:
        """Tickets whose `current_state` is this one that day, whatever `expire_tickets` has written."""
        if state == State.UNUSED:
            return self.usable_on(day)
        if state == State.EXPIRED:
            return self.filter(state__in=OPEN_STATES, wallet__campaign__last_validation_on__lt=day)
        return self.filter(state=state)

    def outdated_on(self, day: dt.date) -> Self:
        """Tickets whose last day has passed, and that nobody has marked « Expiré » yet."""
        return self.filter(state=State.UNUSED, wallet__campaign__last_validation_on__lt=day)

    def revived_on(self, day: dt.date) -> Self:
        """Tickets that were marked « Expiré », and whose last day was put off since."""
        return self.filter(state=State.EXPIRED, wallet__campaign__last_validation_on__gte=day)

    def at_odds_with_ledger(self) -> Self:
        """Tickets that do not agree with their entry, order, offer or state. There must never be one.

        Each row is judged where it is. To exclude those that agree, found by the same equalities, takes time
        that grows with the square: PostgreSQL expects a single one of them (202 s at a million, against 5).
        """
        paid = Q(entry__amount=-F("amount"), entry__wallet=F("wallet"), entry__nature=Nature.SPENDING)
        ordered = Q(order__amount=F("amount"), order__wallet=F("wallet"))
        payable_there = Q(offer=None) | Q(offer__kind=F("wallet__kind"))
        as_assigned = Q(order__offer=None) | Q(order__offer=F("offer"))
        given_back = Q(entry__reversed_by__amount=F("amount"), entry__reversed_by__wallet=F("wallet"))
        due_back = Q(state=State.CANCELLED, credit_lost=False)
        settled = (due_back & given_back) | (~due_back & Q(entry__reversed_by=None))
        agrees = When(paid & ordered & payable_there & as_assigned & settled, then=0)
        # What is unknown is not right either.
        return self.annotate(at_odds=Case(agrees, default=1)).filter(at_odds=1)


class Ticket(TicketStanding, models.Model):
    """What a spending entry buys: one activity at one organisme, once.

    The number is short and for people; the code is secret and opens the ticket.
    """

    number = models.BigAutoField("numéro", primary_key=True)
    code = models.CharField("code", max_length=13, default=new_code, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="tickets", verbose_name="transaction")
    entry = models.OneToOneField("wallets.Entry", models.PROTECT, verbose_name="écriture")
    wallet = models.ForeignKey(
        Wallet, models.PROTECT, related_name="tickets", verbose_name="porte-monnaie", db_index=False
    )
    offer = models.ForeignKey(
        "partners.Offer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name="offre",
        db_index=False,
        help_text="Vide tant qu’un ticket papier n’est pas utilisé.",
    )
    amount = money_field("montant")
    state = models.CharField("état", max_length=9, choices=State, default=State.UNUSED)
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)
    used_at = models.DateTimeField("utilisé le", null=True, editable=False)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="utilisé par",
        db_index=False,
    )
    cancelled_at = models.DateTimeField("annulé le", null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="annulé par",
        db_index=False,
    )
    credit_lost = models.BooleanField("crédit perdu", default=False, editable=False)
    expired_at = models.DateTimeField("expiré le", null=True, editable=False)
    # Lost, or cancelled by mistake: a ticket is made anew once, and so is each that was.
    remakes = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="remade_as", verbose_name="remplace"
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = "ticket"
        permissions = [
            ("cancel_ticket", "Peut annuler pour une famille"),
            ("remake_ticket", "Peut refaire pour une famille"),
            ("use_ticket", "Peut marquer utilisé"),
            ("decide_dispute", "Peut décider d’une contestation"),
            ("undo_use_ticket", "Peut annuler une utilisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="tickets_ticket_code_is_unique"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tickets_ticket_amount_is_positive"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="tickets_ticket_state_is_known"),
            models.CheckConstraint(
                name="tickets_ticket_used_means_dated_and_signed",
                condition=Q(state__in=USED_STATES, used_at__isnull=False, used_by__isnull=False)
                | (~Q(state__in=USED_STATES) & Q(used_at=None, used_by=None)),
            ),
            models.CheckConstraint(
                name="tickets_ticket_cancelled_means_dated_and_signed",
                condition=Q(state=State.CANCELLED, cancelled_at__isnull=False, cancelled_by__isnull=False)
                | (~Q(state=State.CANCELLED) & Q(cancelled_at=None, cancelled_by=None)),
            ),
            models.CheckConstraint(
                name="tickets_ticket_credit_lost_means_cancelled",
                condition=Q(credit_lost=False) | Q(state=State.CANCELLED),
            ),
            models.CheckConstraint(
                name="tickets_ticket_expired_means_dated",
                condition=Q(state=State.EXPIRED) ^ Q(expired_at=None),
            ),
            models.CheckConstraint(
                name="tickets_ticket_used_means_somewhere",
                condition=~Q(state__in=USED_STATES) | Q(offer__isnull=False),
            ),
        ]
        # A wallet's, and an activity's, newest first. An account's, before it is deleted: of what nobody did
        # there is no list, which each state of a ticket would be written in anew.
        indexes = [
            models.Index(fields=["wallet", "-number"], name="tickets_ticket_statement"),
            models.Index(fields=["offer", "-number"], name="tickets_ticket_of_an_offer"),
            models.Index(
                fields=["used_by"], condition=Q(used_by__isnull=False), name="tickets_ticket_used_by"
            ),
            models.Index(
                fields=["cancelled_by"],
                condition=Q(cancelled_by__isnull=False),
                name="tickets_ticket_cancelled_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Ticket n°\N{NO-BREAK SPACE}{self.number}"

    @property
    def concerns(self) -> str:
        """How the journal says whose it is."""
        return f"{self.wallet.beneficiary}, {self.wallet.beneficiary.concerns}"

    @property
    def shown_code(self) -> str:
        return show_code(self.code)
