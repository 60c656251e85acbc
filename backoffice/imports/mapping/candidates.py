"""The first lines of a file, for an agent to say which of them are its titles, and which column is which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from rapidfuzz import fuzz, process

from core.spelling import simplified
from core.spreadsheet_files.headings import Titles, has_titles, width_of
from core.spreadsheet_files.reading import tables_of
from core.spreadsheet_files.rows import NotReadable, Table
from core.spreadsheet_files.shapes import letters_of, shape_of, shape_without_titles

from .contents import may_be

# Of a hundred.
LIKE = 75
# Two titles whose likeness differs by less are as like.
AS_LIKE = 3
SHORT = 4
SHOWN_LINES, SHOWN_TITLES, LONGEST_CELL = 5, 6, 60
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class Candidate:
    """A line that may be the titles of the list; where `line` is 0, it begins without any."""

    table: Table
    place: int
    line: int

    @property
    def key(self) -> str:
        return f"{self.place}-{self.line}"

    @property
    def label(self) -> str:
        where = f"«\N{NO-BREAK SPACE}{self.table.name}\N{NO-BREAK SPACE}», " if self.table.name else ""
        if not self.line:
            return f"{where}aucune\N{NO-BREAK SPACE}: la liste commence sans titres"
        named = [title for title in self.titles if title]
        more = ", …" if len(named) > SHOWN_TITLES else ""
        return f"{where}ligne {self.line}\N{NO-BREAK SPACE}: {', '.join(named[:SHOWN_TITLES])}{more}"

    @cached_property
    def titles(self) -> list[str]:
        return _cells(self.table, self.line - 1) if self.line else [""] * width_of(self.table)

    @cached_property
    def keys(self) -> list[str]:
        return [simplified(title) for title in self.titles]

    @property
    def shape(self) -> str:
        return shape_of(self.keys) if self.line else shape_without_titles(len(self.titles))

    @cached_property
    def below(self) -> list[list[str]]:
        """Some lines of the list, as wide as the titles."""
        lines = (_cells(self.table, number) for number in range(self.line, len(self.table.first)))
        filled = [cells for cells in lines if any(cells)][:SHOWN_LINES]
        width = len(self.titles)
        return [[*cells[:width], *[""] * (width - len(cells))] for cells in filled]

    def columns(self) -> Iterator[tuple[int, str]]:
        """Of each column of the file that says anything its place, and what it is called."""
        for place, title in enumerate(self.titles):
            example = next((cells[place] for cells in self.below if cells[place]), "")
            if title or example:
                yield place, f"{letters_of(place)}\N{NO-BREAK SPACE}: {title or example}"


def candidates(content: bytes, titles: Titles) -> list[Candidate]:
    """The likeliest first. Raises NotReadable."""
    with tables_of(content) as tables:
        found = [[*_of_table(table, place, titles)] for place, table in enumerate(tables)]
    every_way = sorted({way for ways in titles.ways.values() for way in ways})
    scored = [[(_likeness(each, every_way), each) for each in group] for group in found if group]
    if not scored:
        raise NotReadable("Ce fichier n’a pas assez de colonnes.")
    if not tables[0].name:
        # Of a CSV, one sign parts the cells.
        scored = [max(scored, key=lambda group: (max(score for score, _ in group), _width(group)))]
    return [each for _, each in sorted(chain.from_iterable(scored), key=lambda pair: -pair[0])]


def _of_table(table: Table, place: int, titles: Titles) -> Iterator[Candidate]:
    needed = len(titles.required)
    for line in range(1, len(table.first) + 1):
        cells = _cells(table, line - 1)
        if sum(map(bool, cells)) >= needed and not any(map(_is_data, cells)):
            yield Candidate(table, place, line)
    if width_of(table) >= needed and not has_titles(table, titles):
        yield Candidate(table, place, 0)


def _is_data(cell: str) -> bool:
    """A number, a date, a telephone, an e-mail address: a line that has one is somebody's, and no title."""
    digits = sum(map(str.isdigit, cell))
    return "@" in cell or (digits >= 4 and 2 * digits >= len(cell) and not YEAR.fullmatch(cell))


def _likeness(candidate: Candidate, every_way: Sequence[str]) -> float:
    return sum(_nearest(key, every_way) for key in {*candidate.keys} if key)


def _nearest(key: str, ways: Sequence[str]) -> float:
    found = process.extractOne(key, ways, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE)
    return float(found[1]) if found else 0


def _width(group: Sequence[tuple[float, Candidate]]) -> int:
    return width_of(group[0][1].table)


def likely(candidate: Candidate, titles: Titles) -> dict[str, int]:
    """The place of each of our columns whose title is like one there, and of which the cells may be: the most
    alike first, each once. Of two that are as like nobody knows.
    """
    pairs = [
        (-score, order, place, column)
        for order, (column, ways) in enumerate(titles.ways.items())
        for place, key in enumerate(candidate.keys)
        if (score := _likeness_of(key, ways)) and may_be(column, [cells[place] for cells in candidate.below])
    ]
    found: dict[str, int] = {}
    unsure = {column for column in titles.ways if _is_unsure([-it[0] for it in pairs if it[3] == column])}
    for _, _, place, column in sorted(pairs):
        if column not in found and place not in found.values() and column not in unsure:
            found[column] = place
    return found


def _likeness_of(key: str, ways: Sequence[str]) -> float:
    """Of a short title a letter is too much: « ne », « ine », « nom »."""
    if len(key) < SHORT:
        return 100.0 if key in ways else 0
    return _nearest(key, ways)


def _is_unsure(scores: Sequence[float]) -> bool:
    """Unless one is called exactly so."""
    best, *others = sorted(scores, reverse=True) or [100.0]
    return best < 100 and any(other > best - AS_LIKE for other in others)


def _cells(table: Table, number: int) -> list[str]:
    return [" ".join(cell.split())[:LONGEST_CELL] for cell in table.first[number].cells]
