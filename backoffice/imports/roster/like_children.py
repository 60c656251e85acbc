"""Children who are like another one: for an agent to look at, never acted upon."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from accounts.identity import Names, folded
from backoffice.imports.lines import Alike

from .adults import Adults
from .change import CHILD
from .known import Known
from .pupils import Child

# Of each child: a file whose lines are all alike is told of as well by a few of them.
SHOWN = 3


@dataclass(slots=True)
class Seen:
    """A child that is there, or that a line makes."""

    child: Child
    # As an agent looks it up.
    called: str
    guardians: set[Names]
    # One of them: the row that is there, or the line.
    pk: int | None = None
    line: int | None = None

    def alike(self, why: str) -> Alike:
        told = f"ressemble à {self.called}\N{NO-BREAK SPACE}: {why}"
        return Alike(told, CHILD, "child", self.pk, self.line, CHILD if self.line else "")


class Children:
    """By name and year with the collège, or with a guardian's name; and by number but for zeros."""

    def __init__(
        self, pupils: Mapping[str, Known], guardians: Mapping[int, list[int]], adults: Adults
    ) -> None:
        self._seen: dict[Hashable, list[Seen]] = defaultdict(list)
        for known in pupils.values():
            child = known.child
            left = "" if child.is_enrolled else ", non inscrit"
            names = {adults.names[pk] for pk in guardians.get(known.pk, ()) if pk in adults.names}
            self._add(Seen(child, f"{child} (numéro {child.pupil_number}{left})", names, pk=known.pk))

    def like(self, row: int, child: Child, guardians: Iterable[Names]) -> list[Alike]:
        """Whom this new child is like; the next lines are compared with it too."""
        mine = Seen(child, f"{child} (numéro {child.pupil_number}, ligne {row})", {*guardians}, line=row)
        told: dict[str, Alike] = {}
        for key, why in _keys(mine):
            for seen in self._seen.get(key, ()):
                told.setdefault(seen.called, seen.alike(why))
        self._add(mine)
        return list(told.values())[:SHOWN]

    def _add(self, seen: Seen) -> None:
        for key, _ in _keys(seen):
            if len(self._seen[key]) < SHOWN:
                self._seen[key].append(seen)


def _keys(seen: Seen) -> Iterator[tuple[Hashable, str]]:
    """What two children share who are alike, and how an agent reads it."""
    child = seen.child
    # First and last name are often swapped.
    name = frozenset(folded(child.first_name, child.last_name)), child.birth_year
    yield child.pupil_number.lstrip("0"), "le même numéro, à des zéros près"
    yield (*name, child.school_id), "même nom, même année, même collège"
    for guardian in seen.guardians:
        yield (*name, guardian), "même nom, même année, un responsable du même nom"
