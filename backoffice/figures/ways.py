"""By which way tickets are used: what counters need, and what agents still do for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tickets.models import Way


@dataclass(frozen=True)
class Came:
    name: str
    number: int
    # Of a hundred tickets.
    share: int


def shares(counted: Mapping[str, int]) -> Sequence[Came]:
    """The most used way first; nothing as long as nothing was used."""
    whole = sum(counted.values())
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [Came(Way(way).label, number, round(100 * number / whole)) for way, number in ordered]
