"""All that moves money: nothing outside this room writes a balance. Amounts are in euros, with two places."""

import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from core.money import ZERO
from core.money_fields import in_cents

from .exceptions import (
    AlreadyReversed,
    BalanceChanged,
    CampaignOver,
    CampaignStillOpen,
    CorrectionKeyReused,
    InsufficientFunds,
    OpeningUndone,
)
from .models import (
    GIVEN_UP,
    Entry,
    Nature,
    Wallet,
)


@transaction.atomic
def grant(
    *, wallet_ids: Sequence[int], key: str, amount: Decimal, label: str, actor: User | None
) -> list[Entry]:
    """Credit each wallet with `amount` under `key`, once: those that had it already are left alone.

    Locks the wallets, in the order of their ids. A whole département is granted in batches.
    """
    if amount == 0:
        return []
    locked = list(
        Wallet.objects.locked().filter(pk__in=wallet_ids).order_by("pk").values_list("pk", flat=True)
    )
    granted = set(Entry.objects.filter(wallet__in=locked, grant_key=key).values_list("wallet", flat=True))
    due = [pk for pk in locked if pk not in granted]
    Wallet.objects.filter(pk__in=due).update(balance=in_cents(F("balance") + amount))
    return Entry.objects.bulk_create(
        [
            Entry(wallet_id=pk, amount=amount, nature=Nature.GRANT, label=label, grant_key=key, actor=actor)
            for pk in due
        ],
        batch_size=1000,
    )


def opposites(entries: QuerySet[Entry], *, nature: Nature, label: str, actor: User | None) -> list[Entry]:
    """Write the opposite of each. Their wallets are locked, and whoever calls keeps the balances."""
    return Entry.objects.bulk_create(
        [
            Entry(
                wallet_id=entry.wallet_id,
                amount=-entry.amount,
                nature=nature,
                label=label,
                reverses=entry,
                actor=actor,
            )
            for entry in entries.order_by("pk")
        ],
        batch_size=1000,
    )


def write_spending(*, wallet_id: int, amounts: Iterable[Decimal], label: str, actor: User) -> list[Entry]:
    """Write an entry for each of `amounts`, in euros: in a transaction that `debit` ends."""
    return Entry.objects.bulk_create(
        Entry(wallet_id=wallet_id, amount=-amount, nature=Nature.SPENDING, label=label, actor=actor)
        for amount in amounts
    )


def debit(*, wallet_id: int, total: Decimal) -> None:
    """Take `total` euros out of the wallet, last of all that the transaction writes.

    One statement locks the wallet, decides and takes. Of two people who spend at the same time the second
    one waits here, no longer than a commit takes, and meets what the first one left. Raises
    InsufficientFunds, which takes back the entries of `write_spending`.
    """
    if not _wallet_with_at_least(total, wallet_id).update(balance=in_cents(F("balance") - total)):
        raise InsufficientFunds(balance=Wallet.objects.get(pk=wallet_id).balance)


def _wallet_with_at_least(total: Decimal, wallet_id: int) -> QuerySet[Wallet]:
    """No wallet, if it holds less by the time it is locked."""
    return Wallet.objects.filter(pk=wallet_id, balance__gte=total)


@transaction.atomic
def reverse(*, entry_id: int, label: str, actor: User) -> Entry:
    """Undo an entry with its opposite, once. Locks the wallet. Raises AlreadyReversed."""
    wallet = Wallet.objects.locked().get(entries=entry_id)
    entry = Entry.objects.get(pk=entry_id)
    if Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed
    Wallet.objects.filter(pk=wallet.pk).update(balance=in_cents(F("balance") - entry.amount))
    return Entry.objects.create(
        wallet=wallet,
        amount=-entry.amount,
        nature=Nature.RETURN,
        label=label,
        reverses=entry,
        actor=actor,
    )


@transaction.atomic
def correct(
    *,
    wallet_id: int,
    amount: Decimal,
    key: uuid.UUID,
    actor: User,
    label: str = "Correction du département",
) -> Entry:
    """Add `amount` euros to a wallet, or take them from it when negative; why is the audit's business.

    `key` comes with the form: sent twice, it corrects once. Locks the wallet. Raises InsufficientFunds,
    CorrectionKeyReused, CampaignOver, OpeningUndone.
    """
    wallet = Wallet.objects.locked().select_related("campaign").get(pk=wallet_id)
    if first := Entry.objects.filter(wallet=wallet, grant_key=key.hex).first():
        if first.amount != amount:
            raise CorrectionKeyReused
        return first
    if wallet.undone_at:
        raise OpeningUndone
    if amount > 0 and timezone.localdate() > wallet.campaign.last_ticket_on:
        raise CampaignOver
    if wallet.balance + amount < 0:
        raise InsufficientFunds(balance=wallet.balance)
    Wallet.objects.filter(pk=wallet_id).update(balance=in_cents(F("balance") + amount))
    return Entry.objects.create(
        wallet=wallet,
        amount=amount,
        nature=Nature.CORRECTION,
        label=label,
        grant_key=key.hex,
        actor=actor,
    )


@transaction.atomic
def lapse(*, wallet_ids: Sequence[int], actor: User | None) -> list[Entry]:
    """Take out of each wallet what was not spent in time (DOMAIN: « lapses at the last-ticket date »).

    Safe to run twice, and again after a late cancellation: what is empty stays as it is. Locks the
    wallets, in the order of their ids. Raises CampaignStillOpen.
    """
    locked = list(Wallet.objects.locked().select_related("campaign").filter(pk__in=wallet_ids).order_by("pk"))
    today = timezone.localdate()
    if any(today <= wallet.campaign.last_ticket_on for wallet in locked):
        raise CampaignStillOpen
    left = [wallet for wallet in locked if wallet.balance]
    Wallet.objects.filter(pk__in=[wallet.pk for wallet in left]).update(balance=ZERO)
    return Entry.objects.bulk_create(
        [
            Entry(
                wallet=wallet,
                amount=-wallet.balance,
                nature=Nature.LAPSE,
                label="Crédit non utilisé à temps",
                actor=actor,
            )
            for wallet in left
        ],
        batch_size=1000,
    )


@transaction.atomic
def give_up(*, beneficiary_id: int, amount: Decimal, actor: User) -> None:
    """Take all that is left out of a child's wallets, for who asks to be erased: the `amount` agreed to.

    Locks the wallets, in the order of their ids. Raises BalanceChanged.
    """
    locked = list(Wallet.objects.locked().filter(beneficiary=beneficiary_id).order_by("pk"))
    left = [wallet for wallet in locked if wallet.balance]
    if (total := sum((wallet.balance for wallet in left), ZERO)) != amount:
        raise BalanceChanged(total)
    Wallet.objects.filter(pk__in=[wallet.pk for wallet in left]).update(balance=ZERO)
    Entry.objects.bulk_create(
        Entry(wallet=wallet, amount=-wallet.balance, nature=Nature.LAPSE, label=GIVEN_UP, actor=actor)
        for wallet in left
    )
