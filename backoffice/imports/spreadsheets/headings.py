"""Where the columns are, known by their titles."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from core.spelling import simplified

from .rows import Line, NotReadable

# Above the headings there may be a title, a logo's empty line, a date.
HEADINGS_WITHIN = 10


class Headings(NamedTuple):
    """Where each column is, and how many cells have a title above them."""

    places: dict[str, int]
    width: int


def below_headings(
    ways: Iterable[Iterator[Line]], columns: Sequence[str], required: set[str]
) -> tuple[Iterator[tuple[int, Line]], Headings]:
    """The lines that follow, in the first way of reading that has the columns. Raises NotReadable."""
    refusal = None
    for lines in ways:
        numbered = enumerate(lines, start=1)
        try:
            return numbered, _headings(numbered, columns, required)
        except NotReadable as wrong:
            refusal = refusal or wrong
    raise refusal or NotReadable("Ce fichier est vide.")


def _headings(lines: Iterator[tuple[int, Line]], columns: Sequence[str], required: set[str]) -> Headings:
    """From the first line that has those that are required."""
    wanted = {simplified(name): name for name in columns}
    nearest: set[str] = set()
    for number, line in lines:
        keys = [simplified(cell) for cell in line.cells]
        places = {wanted[key]: place for place, key in enumerate(keys) if key in wanted}
        if required <= places.keys():
            if twice := [name for key, name in wanted.items() if keys.count(key) > 1]:
                raise NotReadable(f"La colonne {twice[0]} y est plusieurs fois. Gardez celle qui compte.")
            return Headings(places, max(place for place, key in enumerate(keys, start=1) if key))
        nearest = max(nearest, places.keys() & required, key=len)
        if number >= HEADINGS_WITHIN:
            break
    missing = ", ".join(name for name in columns if name in required - nearest)
    raise NotReadable(
        f"Il manque la colonne {missing}. Les titres des colonnes sont attendus dans les "
        f"{HEADINGS_WITHIN} premières lignes."
    )
