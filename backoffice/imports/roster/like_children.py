"""Children who are like another one: for an agent to look at, never acted upon."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from accounts.identity import Names, folded
from backoffice.imports.lines import Alike
from core.groups import Groups
from core.packed_pairs import PackedPairs

from .adults import Adults
from .change import CHILD
from .known import Known
from .pupils import Child

# Of each child: a file whose lines are all alike is told of as well by a few of them.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class New:
    """A child that a line makes."""

    child: Child
    line: int


class Children:
    """By name and year with the collège, or with a guardian's name; and by number but for zeros."""

    def __init__(self, pupils: Mapping[str, Known], guardians: PackedPairs, adults: Adults) -> None:
        self._known = [*pupils.values()]
        self._places = PackedPairs(
            (key, place)
            for place, one in enumerate(self._known)
            for key, _ in _keys(
                one.child, {adults.names[pk] for pk in guardians.of(one.pk) if pk in adults.names}
            )
        )
        self._new = Groups[New]()

    def like(self, row: int, child: Child, guardians: Iterable[Names]) -> list[Alike]:
        """Whom this new child is like; the next lines are compared with it too."""
        # In their order, which is in what an agent reads: of a set it would be another one each day.
        keys = [*_keys(child, dict.fromkeys(guardians))]
        told: dict[int, Alike] = {}
        for key, why in keys:
            for seen in self._seen(key):
                told.setdefault(id(seen), _alike(seen, why))
        mine = New(child, row)
        for key, _ in keys:
            if len(self._seen(key)) < SHOWN:
                self._new.add(key, mine)
        return list(told.values())[:SHOWN]

    def _seen(self, key: int) -> list[Known | New]:
        known: Iterator[Known | New] = (self._known[place] for place in self._places.of(key))
        return [*islice(chain(known, self._new.of(key)), SHOWN)]


def _alike(seen: Known | New, why: str) -> Alike:
    """As an agent looks it up."""
    child = seen.child
    if isinstance(seen, New):
        where, pk, line = f", ligne {seen.line}", None, seen.line
    else:
        where, pk, line = "" if child.is_enrolled else ", non inscrit", seen.pk, None
    told = f"ressemble à {child} (numéro {child.pupil_number}{where})\N{NO-BREAK SPACE}: {why}"
    return Alike(told, CHILD, "child", pk, line, CHILD if line else "")


def _keys(child: Child, guardians: Iterable[Names]) -> Iterator[tuple[int, str]]:
    """Digests of what two children share who are alike, and how an agent reads it."""
    # First and last name are often swapped.
    name = frozenset(folded(child.first_name, child.last_name)), child.birth_year
    yield hash(child.pupil_number.lstrip("0")), "le même numéro, à des zéros près"
    yield hash((*name, child.school_id)), "même nom, même année, même collège"
    for guardian in guardians:
        yield hash((*name, guardian)), "même nom, même année, un responsable du même nom"
