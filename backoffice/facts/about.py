"""The facts that a page shows of a row before an act."""

from collections.abc import Sequence
from dataclasses import dataclass

Facts = list[tuple[str, object]]


@dataclass(frozen=True)
class Unfolded:
    """Names that open below their title."""

    title: str
    names: Sequence[str]
    # How many there are besides.
    more: int = 0


@dataclass(frozen=True)
class About:
    """The row as an agent compares it with what a caller says, and what will come of the act today."""

    facts: Sequence[tuple[str, object]] = ()
    # In euros or in persons, as things are at this moment.
    outcome: str = ""
    # What should make the agent think twice, each a sentence, in red.
    warnings: Sequence[str] = ()
    # Pages to look at first: (words, address).
    links: Sequence[tuple[str, str]] = ()
    # What a glance may pass over.
    lists: Sequence[Unfolded] = ()
    # Two rows beside each other: what is compared, the one that goes, the one that stays.
    beside: Sequence[tuple[str, object, object]] = ()
