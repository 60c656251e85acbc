"""Who is no longer enrolled after a whole list: nobody of whom the file speaks anywhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .. import identity
from .pupils import Child
from .reading import Row

WORD = re.compile(r"[0-9A-Za-z]+")
# Their numbers are no pupil's.
OTHER_NUMBERS = {"Naissance", "UAI", "Code INSEE", "Code INSEE du collège"}


@dataclass(slots=True)
class Known:
    """A child that is there already."""

    pk: int
    public_id: str
    user_id: int | None
    child: Child


class Mentions:
    """Where the file names children of whom it has no line that is read: by number, else by name."""

    def __init__(self, pupils: Mapping[str, Known]) -> None:
        self._pupils = pupils
        self._by_number: dict[str, int] = {}
        self._by_name: dict[frozenset[str], int] = {}

    def read(self, row: Row) -> None:
        """A line that is done: another child may be in its cells."""
        said = (cell for column, cell in row.cells.items() if column not in OTHER_NUMBERS)
        self._read(row.number, "\n".join([*said, row.rest]))

    def refused(self, row: Row) -> None:
        cells = row.cells
        self._read(row.number, "\n".join([*cells.values(), row.rest]))
        number = identity.pupil_number(cells["Numéro d’élève"])
        if number in self._pupils:
            self._by_number.setdefault(number, row.number)
        names = frozenset(identity.folded(cells["Prénom"], cells["Nom"]))
        self._by_name.setdefault(names, row.number)

    def line_of(self, known: Known) -> int | None:
        child = known.child
        by_name = self._by_name.get(frozenset(identity.folded(child.first_name, child.last_name)))
        return self._by_number.get(child.pupil_number, by_name)

    def _read(self, line: int, text: str) -> None:
        for word in WORD.findall(text):
            if (number := word.upper()) in self._pupils:
                self._by_number.setdefault(number, line)


@dataclass(slots=True)
class Leaving:
    """Who would be struck off, and who is not for being named somewhere."""

    struck_off: list[Known]
    kept: list[tuple[int, Known]]

    def notes(self) -> Iterator[tuple[int, str]]:
        for line, known in self.kept:
            yield (
                line,
                f"{known.child} ({known.child.pupil_number}) y est nommé sans être lu, et reste inscrit.",
            )


def who_leaves(pupils: Mapping[str, Known], seen: Mapping[str, int], mentions: Mentions) -> Leaving:
    leaving = Leaving([], [])
    for number, known in pupils.items():
        if not known.child.is_enrolled or number in seen:
            continue
        if line := mentions.line_of(known):
            leaving.kept.append((line, known))
        else:
            leaving.struck_off.append(known)
    return leaving
