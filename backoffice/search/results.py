"""What a search found, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# Of one kind; who looks further says more.
SHOWN = 20


@dataclass(frozen=True)
class Result:
    title: str
    address: str
    details: Sequence[str] = ()
    # The children of an account, each with where its family is: (name, address).
    children: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Group:
    """Results of one kind, the likeliest first."""

    title: str
    results: Sequence[Result]
    # There are others, which are not shown.
    has_more: bool = False
    # Nobody is called so: these are like it.
    is_alike: bool = False


@dataclass(frozen=True)
class Found:
    groups: Sequence[Group] = ()
    # What is wrong with what was typed, where that is known.
    hints: Sequence[str] = field(default_factory=list)

    @property
    def only(self) -> Result | None:
        """The one row that exactly this is the number of: its page is what the agent wants."""
        results = [result for group in self.groups for result in group.results]
        return results[0] if len(results) == 1 and not any(group.is_alike for group in self.groups) else None
