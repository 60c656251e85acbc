"""Children and accounts by the names that a caller says, and by where they are from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz

from accounts.models import Grade, School
from core.folded import Folded, has_all
from core.french import sound
from core.phonetics import most_alike
from core.spelling import simplified
from partners.models import Commune

from .results import SHOWN

NAMES = ("last_name", "first_name")
# Ranked by what they are like; who asks for a first name alone is to say more.
COMPARED = 200


@dataclass(frozen=True)
class Named:
    rows: Sequence[Any]
    has_more: bool = False
    is_alike: bool = False


class Said:
    """The words of a question: those of a name, and those perhaps of a commune, a collège, a year."""

    def __init__(self, text: str) -> None:
        self.words = simplified(text).split()
        # A telephone, a date: nobody is called so.
        self.is_of_numbers = all(word.isdecimal() for word in self.words)

    @cached_property
    def _communes(self) -> dict[str, list[str]]:
        return _by_word(Commune.objects.values_list("insee_code", "name"))

    @cached_property
    def _about(self) -> dict[str, Q]:
        """Read if the words alone are nobody's."""
        schools = _by_word(School.objects.values_list("uai", "name"))
        grades = {simplified(str(grade.label)): grade.value for grade in Grade}
        years = {word for word in self.words if word.isdecimal() and len(word) == 4}
        return {
            word: Q(insee_code__in=self._communes.get(word, ()))
            | Q(school__in=schools.get(word, ()))
            | Q(grade=grades.get(word, "-"))
            | Q(birth_year=int(word) if word in years else 0)
            for word in self.words
            if word in self._communes or word in schools or word in grades or word in years
        }

    @property
    def names(self) -> list[str]:
        """Without what may be something else."""
        return [word for word in self.words if word not in self._about]

    @property
    def is_about(self) -> Q:
        """What else it says of a child."""
        return Q(*self._about.values())

    @property
    def communes(self) -> set[str]:
        """Those that a word of it is of, by their codes."""
        return {code for word in self.words for code in self._communes.get(word, ())}

    @property
    def but_communes(self) -> list[str]:
        return [word for word in self.words if word not in self._communes]

    def in_town(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Accounts say their town as they write it."""
        words = [word for word in self._about if word in self._communes]
        called: QuerySet[Any] = rows.annotate(town=Folded("city")).filter(has_all(words, "town"))
        return called


def _by_word(named: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for code, name in named:
        for word in simplified(name).split():
            if len(word) > 2:
                words.setdefault(word, []).append(code)
    return words


def named(rows: QuerySet[Any], said: Said, narrowed: Callable[[QuerySet[Any]], QuerySet[Any]]) -> Named:
    """Who has all these words in the name; else those in the name that are of no place, and the place."""
    if said.is_of_numbers:
        return Named([])
    called = rows.annotate(folded=Folded(*NAMES)).order_by(*NAMES, "pk")
    found = list(called.filter(has_all(said.words))[: COMPARED + 1])
    if not found and said.names and said.names != said.words:
        found = list(narrowed(called.filter(has_all(said.names)))[: COMPARED + 1])
    return Named(_ranked(found, said.words)[:SHOWN], has_more=len(found) > SHOWN)


def alike(rows: QuerySet[Any], said: Said, narrowed: Callable[[QuerySet[Any]], QuerySet[Any]]) -> Named:
    """Who has a name that sounds so, where nobody is called so."""
    if said.is_of_numbers:
        return Named([])
    words = said.names or said.words
    near = most_alike(narrowed(rows) if said.names else rows, NAMES, " ".join(words))
    found = list(near.order_by(*NAMES, "pk")[: COMPARED + 1])
    return Named(_ranked(found, words)[:SHOWN], has_more=len(found) > SHOWN, is_alike=bool(found))


def _ranked(rows: Sequence[Any], words: Sequence[str]) -> list[Any]:
    """The likeliest first; among equals in the order of their names."""
    return sorted(rows, key=lambda row: -_likeness(row, words))


def _likeness(row: Any, words: Sequence[str]) -> float:
    """Of each word said, how much the word of the name is like it that is most like it; 100 if it is it."""
    written = [simplified(getattr(row, name)) for name in NAMES]
    parts = {part for name in written for part in (*name.split(), name.replace(" ", ""))}
    if not parts:
        return 0
    return sum(
        max(100 if part == word else 0.99 * fuzz.ratio(sound(part), sound(word)) for part in parts)
        for word in words
    )
