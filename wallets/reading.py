"""Read models of wallets with their entries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.compiled_query import CompiledQuery
from core.money import ZERO

from .models import FORMULA_GRANT, Entry, Nature, Wallet
from .models.natures import is_numbered, numbered

wallets_by_id = CompiledQuery(
    lambda wallets: Wallet.objects.select_related("campaign").filter(pk__in=wallets)
)
_entries_of = CompiledQuery(lambda wallets: Entry.objects.newest_first().filter(wallet__pk__in=wallets))


@dataclass(frozen=True)
class WalletBreakdown:
    """A wallet and its entries, the newest first, and what they say of it. Amounts are in euros."""

    wallet: Wallet
    # With what the query that read them annotated.
    entries: Sequence[Any]

    @property
    def granted(self) -> Decimal:
        """All that the département gave and did not take back, corrections included."""
        given = {Nature.GRANT, Nature.CORRECTION, Nature.UNDONE}
        return sum((entry.amount for entry in self.entries if entry.nature in given), ZERO)

    def granted_under(self, key: str) -> list[Entry]:
        """The grants of that key ever made, those taken back included: they are numbered."""
        return [entry for entry in self.entries if is_numbered(entry.grant_key, key)]

    def next_key(self, key: str) -> str:
        """Under which its next grant of that key is made, once."""
        return numbered(key, len(self.granted_under(key)) + 1)

    def standing(self, key: str) -> list[Entry]:
        """The grants of that key that no later entry takes back."""
        taken_back = {entry.reverses_id for entry in self.entries}
        return [entry for entry in self.granted_under(key) if entry.pk not in taken_back]

    @property
    def not_spent(self) -> Decimal:
        """Of a campaign that has ended: what its closing took, and what it has still to take."""
        taken = {Nature.LAPSE, Nature.REVIVED}
        lapsed = sum((entry.amount for entry in self.entries if entry.nature in taken), ZERO)
        left: Decimal = self.wallet.balance - lapsed
        return left

    @property
    def share(self) -> Decimal:
        """Its share of the formula, each change of it counted: whatever was corrected or spent."""
        return sum((entry.amount for entry in self.standing(FORMULA_GRANT)), ZERO)

    @property
    def is_touched(self) -> bool:
        """Whether a ticket was ever paid from it, even one cancelled since."""
        return any(entry.nature == Nature.SPENDING for entry in self.entries)

    @property
    def share_left(self) -> int:
        """The per cent of the grant that is left, for the bar on the page."""
        return int(100 * self.wallet.balance / self.granted) if self.granted else 0


def breakdowns(
    wallets: Iterable[Wallet], read: Callable[[list[int]], Iterable[Entry]] = _entries_of
) -> list[WalletBreakdown]:
    """The breakdowns of these wallets, in their order; one query reads the entries of all."""
    wallets = list(wallets)
    entries: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in read([wallet.pk for wallet in wallets]):
        entries[entry.wallet_id].append(entry)
    return [WalletBreakdown(wallet, entries[wallet.pk]) for wallet in wallets]


def breakdown(wallet: Wallet) -> WalletBreakdown:
    return breakdowns([wallet])[0]


def locked_breakdowns(beneficiary_id: int, campaign_id: int) -> list[WalletBreakdown]:
    """Locks a child's wallets of a campaign, in the order of their ids, and returns their breakdowns."""
    theirs = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign_id)
    return breakdowns(theirs.locked().select_related("campaign").order_by("pk"))


def first_to_spend(wallets: Iterable[Wallet]) -> list[Wallet]:
    """One wallet of each kind: the first to close that still has money, else the first."""
    chosen: dict[str, Wallet] = {}
    for wallet in wallets:
        if wallet.kind not in chosen or (wallet.balance and not chosen[wallet.kind].balance):
            chosen[wallet.kind] = wallet
    return list(chosen.values())
