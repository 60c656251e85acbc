"""A question to the directory as it was understood: what was asked for, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .places import Place


@dataclass(frozen=True)
class Term:
    """One thing that was asked for: who has it and how surely, and how much it says of them.

    `typed` is how it was written, `shown` how it should be; `taken` what it was taken for, if for another;
    `activity` the one that it is another word for; `is_unknown` if it is no word for anything.
    """

    typed: str
    holders: Mapping[int, float]
    weight: float
    shown: str = ""
    taken: str = ""
    activity: str = ""
    is_unknown: bool = False

    @property
    def meant(self) -> str:
        return self.activity or self.taken or self.shown or self.typed


@dataclass(frozen=True)
class Question:
    """A question as it was understood: what each answer has to have, what it may have, and where.

    `unknown` are the words that nobody has, `unoffered` the activities that nobody offers.
    """

    required: tuple[Term, ...] = ()
    soft: tuple[Term, ...] = ()
    unknown: tuple[Term, ...] = ()
    unoffered: tuple[Term, ...] = ()
    place: Place | None = None
    place_words: tuple[str, ...] = ()
    # How the place was written, if that was wrong.
    misspelt_place: str = ""
    around: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for that an organisme can have."""
        return not self.required and not self.soft

    @property
    def left_out(self) -> tuple[Term, ...]:
        return self.unknown + self.unoffered

    @property
    def meant(self) -> str:
        """What was asked for, apart from where: « judo », « maitrise ste marie »."""
        return " ".join(term.meant for term in self.required)

    def score(self, pk: int) -> float | None:
        """How well it answers, from 0 to 1; None if it wants a word."""
        if any(pk not in term.holders for term in self.required):
            return None
        return self.share(pk)

    def share(self, pk: int) -> float:
        """How much of what is required it has: from 0 to 1."""
        return _share(self.required, pk)

    def soft_share(self, pk: int) -> float:
        return _share(self.soft, pk)


def _share(terms: Sequence[Term], pk: int) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.holders.get(pk, 0) for term in terms) / total if total else 0
