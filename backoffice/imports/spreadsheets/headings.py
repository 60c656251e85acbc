"""Where the columns are, known by their titles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from core.spelling import simplified

from .limits import FIRST_LINES
from .rows import Line, NotReadable, Table


@dataclass(frozen=True)
class Titles:
    """The columns that a file of some sort may have, and must; what other programs call them."""

    columns: Sequence[str]
    required: frozenset[str]
    # Of a column, the likeliest first.
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def found_in(self, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Each column and its place. `keys` are the titles, simplified."""
        places = {key: place for place, key in reversed([*enumerate(keys)])}
        for column, ways in self._ways.items():
            if way := next((way for way in ways if way in places), ""):
                yield column, places[way]

    @cached_property
    def _ways(self) -> dict[str, list[str]]:
        """Simplified once: a roster has five hundred, and is asked forty times."""
        return {
            column: [simplified(title) for title in (column, *self.others.get(column, ()))]
            for column in self.columns
        }


class Headings(NamedTuple):
    """Below which line the list begins, where each column is, and how many cells have a title above them."""

    line: int
    places: dict[str, int]
    width: int
    # The columns that have another title in this file.
    called: dict[str, str]


def with_headings(tables: Sequence[Table], titles: Titles) -> tuple[Table, Headings]:
    """The one that has the columns: of a CSV, as the likeliest sign parts it. Raises NotReadable."""
    found = [
        (table, headings) for table in tables if (headings := headings_of(table.first, titles)) is not None
    ]
    if named := [table.name for table, _ in found if table.name][1:]:
        raise NotReadable(
            f"Plusieurs feuilles ont ces titres\N{NO-BREAK SPACE}: {_quoted(found[0][0].name)} et "
            f"{' et '.join(map(_quoted, named))}. Enregistrez à part celle de la liste."
        )
    if found:
        return found[0]
    raise NotReadable(_what_is_missing(tables, titles))


def headings_of(lines: Sequence[Line], titles: Titles) -> Headings | None:
    """From the first line that has those that are required. Raises NotReadable."""
    for number, line in enumerate(lines, start=1):
        keys = [simplified(cell) for cell in line.cells]
        places = dict(titles.found_in(keys))
        if not titles.required <= places.keys():
            continue
        if twice := [name for name, place in places.items() if keys.count(keys[place]) > 1]:
            raise NotReadable(f"La colonne {twice[0]} y est plusieurs fois. Gardez celle qui compte.")
        called = {
            name: line.cells[place] for name, place in places.items() if keys[place] != simplified(name)
        }
        width = max(place for place, key in enumerate(keys, start=1) if key)
        return Headings(number, places, width, called)
    return None


def _what_is_missing(tables: Sequence[Table], titles: Titles) -> str:
    """Of the line that comes nearest."""
    lines = [[simplified(cell) for cell in line.cells] for table in tables for line in table.first]
    if not any(map(any, lines)):
        return "Ce fichier est vide."
    nearest = max((titles.required & dict(titles.found_in(keys)).keys() for keys in lines), key=len)
    missing = ", ".join(name for name in titles.columns if name in titles.required - nearest)
    return (
        f"Il manque la colonne {missing}. Les titres des colonnes sont attendus dans les {FIRST_LINES} "
        "premières lignes."
    )


def _quoted(text: str) -> str:
    return f"«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»"
