"""What families were told, and what must be there because of it. It knows nothing of how services reckon."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

ZERO = Decimal(0)


@dataclass(frozen=True)
class Order:
    """One ticket of so many euros; the key of its form makes it the same order, however often it is sent."""

    key: str
    wallet: int
    euros: Decimal


@dataclass(frozen=True)
class Found:
    """What the database has."""

    tickets: tuple[Order, ...]
    balances: Mapping[int, Decimal]

    @classmethod
    def told(cls, facts: Mapping[str, Any]) -> "Found":
        return cls(
            tuple(Order(key, wallet, Decimal(euros)) for key, wallet, euros in facts["tickets"]),
            {wallet: Decimal(balance) for wallet, balance in facts["balances"]},
        )


@dataclass(frozen=True)
class Verdict:
    """Orders that were acknowledged and are not there, tickets that nobody was told of or that are there
    twice, and wallets that hold another sum than what is left of what they were given."""

    lost: int
    doubled: int
    wrong_wallets: int

    def wrongs(self) -> Iterator[str]:
        if self.lost:
            yield f"{self.lost} commandes perdues"
        if self.doubled:
            yield f"{self.doubled} tickets de trop"
        if self.wrong_wallets:
            yield f"{self.wrong_wallets} porte-monnaie n’ont pas ce qui doit leur rester"


def judge(acknowledged: Iterable[Order], given: Mapping[int, Decimal], found: Found) -> Verdict:
    told, there = Counter(set(acknowledged)), Counter(found.tickets)
    spent: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for order in told:
        spent[order.wallet] += order.euros
    wrong = [wallet for wallet, sum_ in given.items() if found.balances.get(wallet) != sum_ - spent[wallet]]
    return Verdict((told - there).total(), (there - told).total(), len(wrong))
