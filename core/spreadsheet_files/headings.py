"""Where the columns are, known by their titles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from core.spelling import simplified

from .limits import FIRST_LINES
from .rows import ColumnsUnknown, Line, NotReadable, Table
from .shapes import Mapped, shape_of, shape_without_titles

OTHER_SIGNS = "|:^~"


@dataclass(frozen=True)
class Titles:
    """The columns that a file of some sort may have, and must; what other programs call them."""

    columns: Sequence[str]
    required: frozenset[str]
    # Of a column, the likeliest first.
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # What agents said of files of some shape goes before all this.
    kept: Mapping[str, Mapped] = field(default_factory=dict)

    def found_in(self, keys: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Each column and its place. `keys` are the titles, simplified."""
        places = {key: place for place, key in reversed([*enumerate(keys)])}
        for column, ways in self.ways.items():
            if way := next((way for way in ways if way in places), ""):
                yield column, places[way]

    @cached_property
    def ways(self) -> dict[str, list[str]]:
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
    called: Mapping[str, str]
    # Who said that they mean it, if it was an agent.
    told: str = ""


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
    if without := _without_titles(tables, titles):
        return without
    raise _what_is_missing(tables, titles)


def _without_titles(tables: Sequence[Table], titles: Titles) -> tuple[Table, Headings] | None:
    """A list that begins with its first line, as an agent said of such lists."""
    for table in tables:
        width = width_of(table)
        mapped = titles.kept.get(shape_without_titles(width))
        if mapped and not has_titles(table, titles):
            return table, Headings(0, {**mapped.places}, width, mapped.called, mapped.told)
    return None


def has_titles(table: Table, titles: Titles) -> bool:
    """Whether a line is more like titles than like one of the list."""
    lines = ([simplified(cell) for cell in line.cells] for line in table.first)
    return any(len(titles.required & dict(titles.found_in(keys)).keys()) > 1 for keys in lines)


def width_of(table: Table) -> int:
    return max((len(line.cells) for line in table.first), default=0)


def headings_of(lines: Sequence[Line], titles: Titles) -> Headings | None:
    """From the first line that has those that are required. Raises NotReadable."""
    for number, line in enumerate(lines, start=1):
        keys = [simplified(cell) for cell in line.cells]
        width = max((place for place, key in enumerate(keys, start=1) if key), default=0)
        if titles.kept and (mapped := titles.kept.get(shape_of(keys))):
            return Headings(number, {**mapped.places}, width, mapped.called, mapped.told)
        places = dict(titles.found_in(keys))
        if not titles.required <= places.keys():
            continue
        if twice := [name for name, place in places.items() if keys.count(keys[place]) > 1]:
            raise ColumnsUnknown(f"La colonne {twice[0]} y est plusieurs fois. Gardez celle qui compte.")
        called = {
            name: line.cells[place] for name, place in places.items() if keys[place] != simplified(name)
        }
        return Headings(number, places, width, called)
    return None


def _what_is_missing(tables: Sequence[Table], titles: Titles) -> NotReadable:
    """Of the line that comes nearest. A file that has too few columns is of another kind."""
    lines = [[simplified(cell) for cell in line.cells] for table in tables for line in table.first]
    if not any(map(any, lines)):
        return NotReadable("Ce fichier est vide.")
    if sign := _other_sign(tables, titles):
        return NotReadable(
            f"Ses cases sont séparées par {_quoted(sign)}. Enregistrez-le en CSV avec des points-virgules, "
            "ou en XLSX."
        )
    nearest = max((titles.required & dict(titles.found_in(keys)).keys() for keys in lines), key=len)
    missing = [name for name in titles.columns if name in titles.required - nearest]
    most = max(sum(map(bool, keys)) for keys in lines)
    why = ColumnsUnknown if most >= len(titles.required) else NotReadable
    return why(
        f"Il manque {_named(missing)}. Les titres des colonnes sont attendus dans les {FIRST_LINES} "
        "premières lignes."
    )


def _named(columns: Sequence[str]) -> str:
    """One at least."""
    *others, last = columns
    return f"les colonnes {', '.join(others)} et {last}" if others else f"la colonne {last}"


def _other_sign(tables: Sequence[Table], titles: Titles) -> str:
    """What parts the cells of a CSV, where it is none of those that we take: « | » stands within cells."""
    whole = [
        line.cells[0] for table in tables if not table.name for line in table.first if len(line.cells) == 1
    ]
    lines = [line for line in dict.fromkeys(whole) if line.strip()]
    for sign in OTHER_SIGNS:
        parted = [[simplified(cell) for cell in line.split(sign)] for line in lines]
        if any(titles.required <= dict(titles.found_in(keys)).keys() for keys in parted):
            return sign
    columns = {line.count("|") + 1 for line in lines}
    return (
        "|" if len(lines) > 1 and len(columns) == 1 and min(columns) >= max(len(titles.required), 3) else ""
    )


def _quoted(text: str) -> str:
    return f"«\N{NO-BREAK SPACE}{text}\N{NO-BREAK SPACE}»"
