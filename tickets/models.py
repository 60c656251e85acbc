"""What is bought: orders, and the tickets that come out of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import Beneficiary
from core.codes import show_code
from core.compiled_query import Worded
from core.money import ZERO
from core.money_fields import money_field
from wallets.models import Campaign, Entry, LateCancellation, Nature, Wallet
from wallets.reading import wallets_by_id, with_movements

from . import qr
from .codes import new_code


class Order(models.Model):
    """One submitted form. Its key comes with the form, so that the same form sent twice creates once."""

    key = models.UUIDField("clé", primary_key=True, editable=False)
    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="orders", verbose_name="porte-monnaie")
    offer = models.ForeignKey(
        "partners.Offer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="offre"
    )
    amount = money_field("montant de chaque ticket")
    quantity = models.PositiveSmallIntegerField("nombre de tickets")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="orders",
        verbose_name="demandé par",
        # It begins the index below.
        db_index=False,
    )
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "transaction"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="tickets_order_has_a_ticket"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tickets_order_amount_is_positive"),
        ]
        # How many an account made in the last hour (tickets/limits.py).
        indexes = [models.Index(fields=["actor", "-created_at"], name="tickets_order_of_an_account")]

    def __str__(self) -> str:
        return str(self.key)

    def asks_the_same_as(self, other: Order) -> bool:
        fields = ("key", "wallet_id", "offer_id", "amount", "quantity", "actor_id")
        return all(getattr(self, field) == getattr(other, field) for field in fields)


class State(models.TextChoices):
    UNUSED = "unused", "Non utilisé"
    USED = "used", "Utilisé"
    CANCELLED = "cancelled", "Annulé"
    EXPIRED = "expired", "Expiré"


# Neither used nor cancelled. Which of the two it is, its campaign's last day says: « Expiré » is written at
# night, and read by the date, so that a last day which is put off revives it at once.
OPEN_STATES = (State.UNUSED, State.EXPIRED)


class TicketQuerySet(models.QuerySet["Ticket"]):
    def of(self, beneficiary: Beneficiary) -> Self:
        """This child's tickets, newest first; `with_wallets` adds what a list shows of its wallets."""
        return (
            self.filter(wallet__beneficiary=beneficiary).select_related("offer__partner").order_by("-number")
        )

    def with_places(self) -> Self:
        """As a ticket itself shows them: what is done there, and in which commune."""
        return self.select_related("wallet__campaign", "offer__partner__commune", "offer__activity")

    def told_in_full(self) -> Self:
        """For who knows nothing of the child yet."""
        return self.with_places().select_related("wallet__beneficiary")

    def usable_on(self, day: dt.date) -> Self:
        return self.filter(state__in=OPEN_STATES, wallet__campaign__last_validation_on__gte=day)

    def shown_as(self, state: State, day: dt.date) -> Self:
        """Those whose `displayed_state` is this one that day, whatever the night has written."""
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


class Ticket(models.Model):
    """What a spending entry buys: one activity at one organisme, once.

    The number is short and for people; the code is secret and opens the ticket.
    """

    number = models.BigAutoField("numéro", primary_key=True)
    code = models.CharField("code", max_length=13, default=new_code, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="tickets", verbose_name="transaction")
    entry = models.OneToOneField("wallets.Entry", models.PROTECT, verbose_name="écriture")
    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="tickets", verbose_name="porte-monnaie")
    offer = models.ForeignKey(
        "partners.Offer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name="offre",
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
    )
    cancelled_at = models.DateTimeField("annulé le", null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="annulé par",
    )
    credit_lost = models.BooleanField("crédit perdu", default=False, editable=False)
    expired_at = models.DateTimeField("expiré le", null=True, editable=False)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = "ticket"
        permissions = [
            ("cancel_ticket", "Peut annuler pour une famille"),
            ("use_ticket", "Peut marquer utilisé"),
            ("undo_use_ticket", "Peut annuler une utilisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["code"], name="tickets_ticket_code_is_unique"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tickets_ticket_amount_is_positive"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="tickets_ticket_state_is_known"),
            models.CheckConstraint(
                name="tickets_ticket_used_means_dated_and_signed",
                condition=Q(state=State.USED, used_at__isnull=False, used_by__isnull=False)
                | (~Q(state=State.USED) & Q(used_at=None, used_by=None)),
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
                condition=~Q(state=State.USED) | Q(offer__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["wallet", "-number"], name="tickets_ticket_statement")]

    def __str__(self) -> str:
        return f"Ticket n°\N{NO-BREAK SPACE}{self.number}"

    @property
    def concerns(self) -> str:
        """How the journal says whose it is."""
        return f"{self.wallet.beneficiary}, {self.wallet.beneficiary.concerns}"

    @property
    def displayed_state(self) -> State:
        """The state as of today: « Expiré » once the last day has passed, and no longer if it is put off."""
        if self.state not in OPEN_STATES:
            return State(self.state)
        return State.EXPIRED if timezone.localdate() > self.valid_until else State.UNUSED

    @property
    def state_label(self) -> str:
        return str(self.displayed_state.label)

    @property
    def valid_until(self) -> dt.date:
        return self.wallet.campaign.last_validation_on

    @property
    def cancellable_until(self) -> dt.date:
        return self.wallet.campaign.last_cancellation_on

    @property
    def cancelling_loses_credit(self) -> bool:
        return self._late_cancellation == LateCancellation.FORFEITS

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the family is offered « Annuler »; `services.cancel` decides in the end."""
        return self.displayed_state == State.UNUSED and self._late_cancellation != LateCancellation.REFUSED

    @property
    def _late_cancellation(self) -> LateCancellation | None:
        return self.wallet.campaign.late_cancellation_on(timezone.localdate())

    @property
    def shown_code(self) -> str:
        return show_code(self.code)

    @property
    def qr_svg(self) -> SafeString:
        return qr.svg(self.code)

    @property
    def qr_address(self) -> str:
        return qr.address(self.code)


def with_wallets(tickets: Sequence[Ticket]) -> Sequence[Ticket]:
    """The same tickets with their wallets and campaigns: a child has a few, and many tickets of each."""
    ids = {ticket.wallet_id for ticket in tickets}
    wallets = {wallet.pk: wallet for wallet in wallets_by_id(list(ids))}
    for ticket in tickets:
        ticket.wallet = wallets[ticket.wallet_id]
    return tickets


@dataclass(frozen=True)
class Whereabouts:
    """Where a wallet's money is, in euros, and its entries, the newest first, with the number `of_ticket`."""

    wallet: Wallet

    @property
    def entries(self) -> Sequence[Any]:
        return self.wallet.movements

    @property
    def on_unused(self) -> Decimal:
        return self._spent(lambda entry: entry.ticket_state in OPEN_STATES)

    @property
    def on_used(self) -> Decimal:
        return self._spent(lambda entry: entry.ticket_state == State.USED)

    @property
    def lost(self) -> Decimal:
        """With tickets cancelled too late to get it back."""
        return self._spent(lambda entry: entry.ticket_lost)

    def _spent(self, which: Callable[[Any], bool]) -> Decimal:
        return -sum((entry.amount for entry in self.entries if which(entry)), ZERO)


_redeemable_of = Worded(lambda child, day: Wallet.objects.redeemable_on(day).filter(beneficiary=child))
_entries_with_tickets_of = Worded(
    lambda wallets: (
        Entry.objects.newest_first()
        .filter(wallet__pk__in=wallets)
        .annotate(
            of_ticket=Coalesce("ticket__number", "reverses__ticket__number"),
            ticket_state=F("ticket__state"),
            ticket_lost=F("ticket__credit_lost"),
        )
    )
)


def whereabouts(beneficiary: Beneficiary, day: dt.date) -> list[Whereabouts]:
    """Of the wallets whose tickets may still be used that day. Two queries, however many they are."""
    wallets = with_movements(_redeemable_of(beneficiary.pk, day), _entries_with_tickets_of)
    return [Whereabouts(wallet) for wallet in wallets]


class Printing(models.Model):
    """Who printed which ticket, and when."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="printings", verbose_name="ticket")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="imprimé par"
    )
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "impression"

    def __str__(self) -> str:
        return f"{self.ticket} imprimé"


class Happened(models.TextChoices):
    """What a notice is about."""

    CREATED = "created", "créé"
    CANCELLED = "cancelled", "annulé"
    USED = "used", "utilisé"


class Notice(models.Model):
    """That guardians are still to be told. `tickets.notices` writes it, and removes it once they are."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name="ticket")
    happened = models.CharField("événement", max_length=9, choices=Happened)

    class Meta:
        verbose_name = "avis à écrire"
        verbose_name_plural = "avis à écrire"
        constraints = [
            models.CheckConstraint(
                condition=Q(happened__in=Happened.values), name="tickets_notice_happened_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.get_happened_display()}"


class Reminder(models.Model):
    """That a guardian was told, `days` before, how long its children's money may become tickets.

    The day is kept, not only its campaign: staff may put it off, and then families are told anew.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="responsable légal"
    )
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", verbose_name="campagne")
    last_ticket_on = models.DateField("dernier jour annoncé")
    days = models.PositiveSmallIntegerField("jours avant")
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "rappel"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "campaign", "last_ticket_on", "days"], name="tickets_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.days}\N{NO-BREAK SPACE}j avant le {self.last_ticket_on:%d/%m/%Y}"
