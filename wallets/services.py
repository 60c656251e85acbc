"""The only writer of a balance. Every amount is in euros, with two places."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from accounts.models import User

from .exceptions import AlreadyReversed, InsufficientFunds
from .models import Campaign, Entry, Kind, Wallet, in_cents

FORMULA_GRANT = "formule"


@transaction.atomic
def open_wallets(
    *, beneficiary_ids: Sequence[int], campaign_id: int, preferred: Kind, actor: User | None
) -> None:
    """Give each child its two wallets of the campaign, the preferred kind receiving the larger share.

    Safe to run twice: a child who has a wallet keeps it as it is, and a grant is made once.
    Locks the wallets it grants to.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    Wallet.objects.bulk_create(
        [Wallet(beneficiary_id=pk, campaign=campaign, kind=kind) for pk in beneficiary_ids for kind in Kind],
        ignore_conflicts=True,
        batch_size=1000,
    )
    wallets = list(Wallet.objects.filter(campaign=campaign, beneficiary__in=beneficiary_ids).order_by("pk"))
    for kind in Kind:
        amount = campaign.larger_share if kind == preferred else campaign.smaller_share
        ids = [wallet.pk for wallet in wallets if wallet.kind == kind]
        grant(wallet_ids=ids, key=FORMULA_GRANT, amount=amount, label="Dotation du département", actor=actor)


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
        [Entry(wallet_id=pk, amount=amount, label=label, grant_key=key, actor=actor) for pk in due],
        batch_size=1000,
    )


@transaction.atomic
def spend(*, wallet_id: int, amounts: Iterable[Decimal], label: str, actor: User) -> list[Entry]:
    """Take every one of `amounts` out of the wallet, or none; return an entry for each.

    Two people who spend at the same time are served one after the other: the
    row stays locked until the transaction ends. Raises InsufficientFunds.
    """
    amounts = list(amounts)
    total = sum(amounts, Decimal(0))
    wallet = Wallet.objects.locked().get(pk=wallet_id)
    if total > wallet.balance:
        raise InsufficientFunds(balance=wallet.balance)
    # F(), even under the lock: were the lock ever lost, the database would
    # still do the arithmetic and refuse a negative balance.
    Wallet.objects.filter(pk=wallet_id).update(balance=in_cents(F("balance") - total))
    return Entry.objects.bulk_create(
        [Entry(wallet_id=wallet_id, amount=-amount, label=label, actor=actor) for amount in amounts]
    )


@transaction.atomic
def reverse(*, entry_id: int, label: str, actor: User) -> Entry:
    """Undo an entry with its opposite, once. Locks the wallet. Raises AlreadyReversed."""
    wallet = Wallet.objects.locked().get(entries=entry_id)
    entry = Entry.objects.get(pk=entry_id)
    if Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed
    Wallet.objects.filter(pk=wallet.pk).update(balance=in_cents(F("balance") - entry.amount))
    return Entry.objects.create(wallet=wallet, amount=-entry.amount, label=label, reverses=entry, actor=actor)
