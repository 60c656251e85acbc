"""Who is no longer enrolled: after a whole list, nobody of whom the file speaks anywhere.

After any list, also those whose line says « Inscrit : non ».
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accounts import identity
from backoffice.imports.spreadsheets.rows import Row
from core.formats import counted_in_french

from .pupils import Child

WORD = re.compile(r"[0-9A-Za-z]+")
# Beyond either, one file too few is likelier than so many who left: the number is typed, and a second agent
# confirms it. A whole list after the summer strikes off a quarter, so it always has two readers.
MANY, SHARE = 200, 0.05
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
        # The collèges that any line is of.
        self.schools: set[str] = set()

    def read(self, row: Row) -> None:
        """A line that is done: another child may be in its cells."""
        self.schools.add(row.cells["UAI"].upper())
        said = (cell for column, cell in row.cells.items() if column not in OTHER_NUMBERS)
        self._read(row.number, "\n".join([*said, row.rest]))

    def refused(self, row: Row) -> None:
        cells = row.cells
        self.schools.add(cells["UAI"].upper())
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
    """Who would be struck off, who is not for being named somewhere, and who is enrolled as things are."""

    struck_off: list[Known]
    # Whose line says so.
    by_line: list[Known]
    kept: list[tuple[int, Known]]
    enrolled: Counter[str]
    is_complete: bool
    # The collèges that the file has a line of.
    named_schools: set[str]
    called: Mapping[str, str]

    def notes(self) -> Iterator[tuple[int, str]]:
        for line, known in self.kept:
            child = known.child
            yield line, f"{child} ({child.pupil_number}) y est nommé sans être lu, et reste inscrit."

    def report(self) -> dict[str, Any]:
        """For the page: by their ids, for names have no second place."""
        every = [*self.struck_off, *self.by_line]
        count, enrolled = len(every), self.enrolled.total()
        leaving = Counter(known.child.school_id for known in every)
        absent = [
            (uai, number)
            for uai, number in self.enrolled.items()
            if self.is_complete and uai not in self.named_schools
        ]
        return {
            "ids": [known.pk for known in every],
            "count": count,
            "enrolled": enrolled,
            "share": f"{100 * count / enrolled:.1f}".replace(".", ",") if enrolled else "0",
            "is_large": count > MANY or count > SHARE * enrolled,
            "schools": [
                (self.called.get(uai, uai), number, self.enrolled[uai])
                for uai, number in leaving.most_common()
            ],
            "absent": sorted(
                f"{self.called.get(uai, uai)}, {counted_in_french(number, 'inscrit')}"
                for uai, number in absent
            ),
        }


def who_leaves(
    pupils: Mapping[str, Known],
    seen: Mapping[str, int],
    mentions: Mentions,
    called: Mapping[str, str],
    *,
    by_line: list[Known],
    is_complete: bool,
) -> Leaving:
    leaving = Leaving([], by_line, [], Counter(), is_complete, mentions.schools, called)
    for number, known in pupils.items():
        if not known.child.is_enrolled:
            continue
        leaving.enrolled[known.child.school_id] += 1
        if not is_complete or number in seen:
            continue
        if line := mentions.line_of(known):
            leaving.kept.append((line, known))
        else:
            leaving.struck_off.append(known)
    return leaving
