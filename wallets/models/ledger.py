"""The two wallets of each child, and the entries of the ledger."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.append_only import AppendOnlyModel, AppendOnlyQuerySet
from core.money import ZERO, euros
from core.money_fields import in_cents, money_field

from .campaign import Campaign, Kind, open_on
from .natures import FORMULA_GRANT, GIVEN_UP, REVERSES, Nature


class WalletQuerySet(models.QuerySet["Wallet"]):
    def locked(self) -> Self:
        """Lock each row until the transaction ends: whoever comes next waits, then reads what is true.

        SQLite has no row locks: there, BEGIN IMMEDIATE makes the whole transaction wait its turn.
        """
        return self.select_for_update(of=("self",), no_key=True)

    def open_on(self, day: dt.date) -> Self:
        """Wallets that families may spend that day, the one that closes first coming first."""
        return self.filter(open_on(day, "campaign__")).in_order()

    def redeemable_on(self, day: dt.date) -> Self:
        """Wallets whose tickets may still be used that day."""
        return self.filter(campaign__opens_on__lte=day, campaign__last_validation_on__gte=day).in_order()

    def in_order(self) -> Self:
        """The older campaign first, and Sport before Culture as in the guide."""
        return self.select_related("campaign").order_by("campaign__last_ticket_on", "campaign_id", "-kind")

    def unspent(self, campaign_id: int) -> Self:
        """Wallets of that campaign in which there is still money."""
        return self.filter(campaign=campaign_id, balance__gt=0)

    def opened(self, campaign_id: int) -> Self:
        """Wallets that undoing the opening empties: the child is not erased, and kept the credit."""
        lapses = Entry.objects.filter(wallet=OuterRef("pk"), nature=Nature.LAPSE, reversed_by=None)
        return self.filter(
            ~Exists(lapses), campaign=campaign_id, undone_at=None, beneficiary__anonymised_at=None
        )

    def closed(self, campaign_id: int) -> Self:
        """Wallets whose credit the closing took and a reopening gives back: their child is not erased,
        nor merged into another one."""
        lapses = Entry.objects.lapsed_by_closing().filter(wallet=OuterRef("pk"))
        return self.filter(
            Exists(lapses),
            campaign=campaign_id,
            beneficiary__anonymised_at=None,
            beneficiary__merged_into=None,
        )

    def out_of_balance(self) -> Self:
        """Wallets whose balance is not the sum of their entries. There must never be one."""
        total = Coalesce(in_cents(Sum("entries__amount")), ZERO)
        return self.annotate(entries_total=total).exclude(balance=F("entries_total"))


class Wallet(models.Model):
    """One child's money of one kind in one campaign. Only services of this room write `balance`."""

    beneficiary = models.ForeignKey(
        "accounts.Beneficiary", models.PROTECT, related_name="wallets", verbose_name="bénéficiaire"
    )
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="wallets", verbose_name="campagne")
    kind = models.CharField("nature", max_length=7, choices=Kind)
    balance = money_field("solde", default=ZERO, editable=False)
    # Since its opening was undone, until the campaign opens again.
    undone_at = models.DateTimeField("ouverture annulée le", null=True, editable=False)

    objects = WalletQuerySet.as_manager()

    class Meta:
        verbose_name = "porte-monnaie"
        verbose_name_plural = "porte-monnaie"
        permissions = [("correct_wallet", "Peut créditer ou débiter")]
        constraints = [
            models.UniqueConstraint(fields=["beneficiary", "campaign", "kind"], name="wallets_wallet_once"),
            models.CheckConstraint(
                condition=Q(balance__gte=0), name="wallets_wallet_balance_is_not_negative"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="wallets_wallet_kind_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(balance=0), name="wallets_wallet_undone_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"Porte-monnaie {self.get_kind_display()}"

    @property
    def concerns(self) -> str:
        """How the journal says whose it is."""
        return f"{self.beneficiary}, {self.beneficiary.concerns}"

    @property
    def label(self) -> str:
        """The wallet as the statement and the ticket name it."""
        return {Kind.SPORT: "Activités sportives", Kind.CULTURE: "Activités culturelles"}[Kind(self.kind)]

    @property
    def is_open(self) -> bool:
        return self.campaign.takes_tickets_on(timezone.localdate())


class Corrections(NamedTuple):
    """The corrections of a period: `given` and `taken` are in euros, the second one negative."""

    number: int
    given: Decimal
    taken: Decimal

    def __str__(self) -> str:
        return f"{self.number}, {euros(self.given)} crédités, {euros(-self.taken)} débités"


class EntryQuerySet(AppendOnlyQuerySet["Entry"]):
    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def corrections_like(self, wallet_id: int, amount: Decimal) -> Self:
        """The corrections of that wallet which go the same way as `amount`."""
        same_way = Q(amount__gt=0) if amount > 0 else Q(amount__lt=0)
        return self.filter(same_way, wallet=wallet_id, nature=Nature.CORRECTION)

    def spending(self) -> Self:
        return self.filter(nature=Nature.SPENDING)

    def spent_in(self, campaign_id: int) -> bool:
        """Whether a ticket of the campaign was ever paid. Asked of what was written since it opened: of the
        whole ledger, the answer « no » would take longer with each year.
        """
        wallets = Wallet.objects.filter(campaign=campaign_id).order_by("pk").values_list("pk", flat=True)
        first = self.filter(wallet__in=list(wallets[:1])).aggregate(pk=Min("pk"))["pk"]
        return self.spending().filter(pk__gt=first or 0, wallet__campaign=campaign_id).exists()

    def corrections_since(self, moment: dt.datetime) -> Corrections:
        """How many corrections, what they gave and what they took, in euros."""
        since = self.filter(nature=Nature.CORRECTION, created_at__gte=moment).aggregate(
            number=Count("pk"),
            given=Sum("amount", filter=Q(amount__gt=0)),
            taken=Sum("amount", filter=Q(amount__lt=0)),
        )
        return Corrections(since["number"], since["given"] or ZERO, since["taken"] or ZERO)

    def opened_with(self) -> Self:
        """Grants of the opening, as families shared them since, that were not taken back."""
        return self.filter(nature=Nature.GRANT, reversed_by=None, grant_key__startswith=FORMULA_GRANT)

    def lapsed_by_closing(self) -> Self:
        """Entries of closings that no reopening reversed."""
        return self.filter(nature=Nature.LAPSE, reversed_by=None).exclude(label=GIVEN_UP)

    def ill_reversed(self) -> Self:
        """Opposite entries that are not the opposite of what they reverse. There must never be one."""
        fitting = Q(pk__in=[])
        for nature, reversed_natures in REVERSES.items():
            fitting |= Q(nature=nature, reverses__nature__in=reversed_natures)
        exact = Q(amount=-F("reverses__amount"), wallet=F("reverses__wallet"))
        return self.filter(reverses__isnull=False).exclude(fitting & exact)


class Entry(AppendOnlyModel):
    """One signed line of the ledger, in euros: written once, by services of this room, never touched again.

    PostgreSQL refuses a change by a trigger (second migration), the model refuses it everywhere.
    """

    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="entries", verbose_name="porte-monnaie")
    amount = money_field("montant")
    nature = models.CharField("nature", max_length=10, choices=Nature)
    label = models.CharField("libellé", max_length=120)
    grant_key = models.CharField(
        "clé",
        max_length=40,
        blank=True,
        help_text="D’une dotation ou d’une correction, qu’un porte-monnaie reçoit une seule fois.",
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name="annule l’écriture",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="auteur"
    )
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "écriture"
        constraints = [
            models.UniqueConstraint(
                fields=["wallet", "grant_key"], condition=~Q(grant_key=""), name="wallets_entry_granted_once"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="wallets_entry_amount_is_not_zero"),
            models.CheckConstraint(
                condition=Q(nature__in=Nature.values), name="wallets_entry_nature_is_known"
            ),
            models.CheckConstraint(
                name="wallets_entry_sign_fits_nature",
                condition=(~Q(nature__in=[Nature.SPENDING, Nature.LAPSE]) | Q(amount__lt=0))
                & (~Q(nature=Nature.REVIVED) | Q(amount__gt=0)),
            ),
            models.CheckConstraint(
                name="wallets_entry_return_reverses",
                condition=Q(nature__in=list(REVERSES)) ^ Q(reverses=None),
            ),
            models.CheckConstraint(
                name="wallets_entry_given_once",
                condition=Q(nature__in=[Nature.GRANT, Nature.CORRECTION]) ^ Q(grant_key=""),
            ),
        ]
        indexes = [
            # Few, and looked at every day.
            models.Index(
                fields=["created_at"],
                condition=Q(nature=Nature.CORRECTION),
                name="wallets_entry_correction",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def author(self) -> str:
        return self.wallet.beneficiary.who(self.actor)
