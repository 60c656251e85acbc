"""Where a file names children without a line that is read."""

import re
from collections.abc import Mapping

from accounts import identity
from core.spreadsheet_files.rows import Row

from .known import Known

# Their numbers are no other pupil's.
OTHER_NUMBERS = {"Numéro d’élève", "Naissance", "UAI", "Code INSEE", "Code INSEE du collège"}


class Mentions:
    """Where the file names children of whom it has no line that is read: by number, else by name."""

    def __init__(self, pupils: Mapping[str, Known]) -> None:
        self._pupils = pupils
        # Most words of a line are shorter than any number.
        shortest = min(map(len, pupils), default=1)
        self._words = re.compile(f"[0-9A-Za-z]{{{shortest},}}")
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
        words = self._words.findall(text.upper())
        if not self._pupils.keys().isdisjoint(words):
            for number in self._pupils.keys() & words:
                self._by_number.setdefault(number, line)
