"""Wallets with their entries, read for several at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from core.compiled_query import Worded

from .models import Entry, Wallet

wallets_by_id = Worded(lambda wallets: Wallet.objects.select_related("campaign").filter(pk__in=wallets))
_entries_of = Worded(lambda wallets: Entry.objects.newest_first().filter(wallet__pk__in=wallets))


def with_movements(
    wallets: Sequence[Wallet], read: Callable[[list[int]], Iterable[Entry]] = _entries_of
) -> Sequence[Wallet]:
    """The same wallets, which know their movements."""
    movements: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in read([wallet.pk for wallet in wallets]):
        movements[entry.wallet_id].append(entry)
    for wallet in wallets:
        wallet.movements = movements[wallet.pk]
    return wallets


def first_to_spend(wallets: Iterable[Wallet]) -> list[Wallet]:
    """Of wallets in order, one of each kind: the first to close that still has money, else the first."""
    chosen: dict[str, Wallet] = {}
    for wallet in wallets:
        if wallet.kind not in chosen or (wallet.balance and not chosen[wallet.kind].balance):
            chosen[wallet.kind] = wallet
    return list(chosen.values())


def locked_with_movements(beneficiary_id: int, campaign_id: int) -> Sequence[Wallet]:
    theirs = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign_id)
    return with_movements(list(theirs.locked().select_related("campaign").order_by("pk")))
