"""Spreadsheets that agents bring, as schools and clubs really send them."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from itertools import compress

from core import typed_text
from core.spreadsheets import as_typed

from .csv_file import csv_tables
from .decoding import was_decoded_wrong
from .headings import Headings, Titles, with_headings
from .kinds import is_workbook, refuse_other_kinds
from .lengths import Lengths
from .limits import MOST_COLUMNS
from .merged import unmerged
from .rows import Cells, Line, NotReadable, Row, Table
from .workbook import workbook_tables

LARGEST_FILE = 40_000_000

MOST_ROWS = 100_000

# Seconds. The largest lists take a third of it, and nobody else is served meanwhile.
LONGEST_READING = 300

# Of a list of lines that a sentence names.
NAMED = 10
LONGEST_TITLE = 40

# Whoever goes through the lines of a file does not hold its bytes meanwhile.
ReadContent = Callable[[], bytes]


class Reading:
    """The rows below the headings, one after the other, empty ones left out; once they are read, what an
    agent should know of the file."""

    def __init__(self, table: Table, headings: Headings) -> None:
        self._table, self._headings = table, headings
        self._cells = _Cells(headings.places)
        self._hidden: list[int] = []
        self._calculated: list[int] = []
        self._merged: list[int] = []
        # At most, as long as they are not read.
        self.rows = max(table.height - headings.line, 0)

    def __iter__(self) -> Iterator[Row]:
        """Raises NotReadable: too many rows, none at all, or one that takes for ever."""
        rows, until = 0, time.monotonic() + LONGEST_READING
        above = self._headings.line
        lengths = self._lengths()
        for number, line in self._table.lines():
            if number <= above:
                continue
            row = self._row(number, line, lengths)
            if not (row.cells or row.fault):
                continue
            rows += 1
            self._notice(row, line)
            yield row
            _refuse_beyond(rows, until)
        if not rows:
            raise NotReadable("Il n’y a aucune ligne sous les titres des colonnes.")

    def _lengths(self) -> Lengths | None:
        """Of a CSV: a sheet moves no cell."""
        if not self._table.sign:
            return None
        above = self._headings.line
        titles = len(self._table.first[above - 1].cells) if above else 0
        whole = (
            len(line.cells)
            for number, line in self._table.lines()
            if number > above and not line.fault and any(map(str.strip, line.cells))
        )
        return Lengths(whole, titles, self._table.sign)

    def _row(self, number: int, line: Line, lengths: Lengths | None) -> Row:
        headings, fault, doubt = self._headings, line.fault, ""
        if lengths and not fault:
            if any(map(str.strip, line.cells[headings.width :])):
                fault = lengths.overflows()
            else:
                fault, doubt = lengths.fault(len(line.cells)), lengths.doubt(len(line.cells))
        if line.merged:
            # That of a title is no line's.
            below = [one for one in line.merged if one.top > headings.line]
            cells, fault = unmerged(line.cells, below, headings.places.values())
            if [*cells] != [*line.cells]:
                self._merged.append(number)
                line = line._replace(cells=cells)
        return self._cells.row(number, line, fault, doubt)

    def _notice(self, row: Row, line: Line) -> None:
        if line.is_hidden:
            self._hidden.append(row.number)
        if line.is_calculated:
            self._calculated.append(row.number)

    def told(self) -> Iterator[str]:
        if self._table.name:
            yield f"La feuille lue est «\N{NO-BREAK SPACE}{self._table.name}\N{NO-BREAK SPACE}»."
        yield from self._told_of_titles()
        if self._hidden:
            yield (
                "Des lignes que le tableur ne montre pas, par un filtre ou parce qu’on les a masquées, sont "
                f"lues comme les autres\N{NO-BREAK SPACE}: {_named(self._hidden)}. Enlevez-les du fichier si "
                "elles n’en sont pas."
            )
        if self._calculated:
            yield (
                "Des cases sont des formules, dont le résultat est lu\N{NO-BREAK SPACE}: "
                f"{_named(self._calculated)}."
            )

        if self._merged:
            yield (
                "Des cases fusionnées sont lues aussi pour les lignes qu’elles couvrent\N{NO-BREAK SPACE}: "
                f"{_named(self._merged)}."
            )

    def _told_of_titles(self) -> Iterator[str]:
        pairs = ", ".join(f"{title} pour {column}" for column, title in self._headings.called.items())
        if self._headings.told:
            yield f"{self._headings.told}\N{NO-BREAK SPACE}: {pairs}."
        elif pairs:
            yield f"Les titres sont ceux d’un autre programme. Sont lus\N{NO-BREAK SPACE}: {pairs}."
        if unread := [*self._unread()]:
            more = f" et {len(unread) - NAMED} autres" if len(unread) > NAMED else ""
            yield f"Colonnes qui ne sont pas lues\N{NO-BREAK SPACE}: {', '.join(unread[:NAMED])}{more}."

    def _unread(self) -> Iterator[str]:
        """What an agent may have thought to be read: another program’s « Mél des parents »."""
        if not self._headings.line:
            return
        read = {*self._headings.places.values()}
        for place, title in enumerate(self._table.first[self._headings.line - 1].cells):
            if title.strip() and place not in read:
                yield typed_text.line(title)[:LONGEST_TITLE]


def _refuse_beyond(rows: int, until: float) -> None:
    if rows > MOST_ROWS:
        raise NotReadable(f"Ce fichier a plus de {MOST_ROWS} lignes. Coupez-le en plusieurs.")
    if time.monotonic() > until:
        raise NotReadable(
            "Ce fichier est trop long à lire. Enregistrez-le en CSV, ou coupez-le en plusieurs."
        )


@contextmanager
def opened(content: bytes, titles: Titles) -> Iterator[Reading]:
    """Headings are known without accents or capitals.

    Raises NotReadable: no spreadsheet, too large, without a required column, with one twice.
    """
    with begun(lambda: content) as read:
        yield read(titles)


@contextmanager
def begun(read_content: ReadContent) -> Iterator[Callable[[Titles], Reading]]:
    """The same, for who has something else to do meanwhile: a process of its own opens a workbook."""
    with _tables_begun(read_content) as tables:
        yield lambda titles: Reading(*with_headings(tables(), titles))


def _named(lines: list[int]) -> str:
    numbers = ", ".join(map(str, lines[:NAMED]))
    more = f" et {len(lines) - NAMED} autres" if len(lines) > NAMED else ""
    return f"ligne{'s' * (len(lines) > 1)} {numbers}{more}"


@contextmanager
def tables_of(content: bytes) -> Iterator[list[Table]]:
    """The visible sheets; or a CSV, as each sign would part it. Raises NotReadable."""
    with _tables_begun(lambda: content) as tables:
        yield tables()


@contextmanager
def _tables_begun(read_content: ReadContent) -> Iterator[Callable[[], list[Table]]]:
    content = read_content()
    if len(content) > LARGEST_FILE:
        raise NotReadable(f"Ce fichier dépasse {LARGEST_FILE // 1_000_000} Mo. Coupez-le en plusieurs.")
    refuse_other_kinds(content)
    beginning: AbstractContextManager[Callable[[], list[Table]]]
    if is_workbook(content):
        beginning = workbook_tables(content)
    else:
        every_way = csv_tables(content)
        beginning = nullcontext(lambda: every_way)
    del content
    with beginning as tables:
        yield tables


class _Cells:
    """The cells of a line by the names of their columns, and what stands in no column of ours."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = [*places.items()]
        ours = {*places.values()}
        self._apart = [place not in ours for place in range(MOST_COLUMNS)]

    def row(self, number: int, line: Line, fault: str, doubt: str) -> Row:
        cells, breaks = Cells(), False
        there = line.cells
        for name, place in self._places:
            cell = there[place] if place < len(there) else ""
            # Most say what they say in plain letters, and there are a million of them.
            if not (cell.isascii() and cell.isprintable() and cell.strip() == cell and cell[:1] != "'"):
                breaks = breaks or "\n" in cell
                cell, is_spoiled = _typed(cell)
                if is_spoiled:
                    fault = fault or f"Les accents de la case {name} sont abîmés. Écrivez-la de nouveau."
            if cell:
                cells[name] = cell
        if fault:
            rest = "\n".join(there)
        elif breaks:
            rest = "\n".join(cell for place, cell in enumerate(there) if self._apart[place] or "\n" in cell)
        else:
            rest = "\n".join(compress(there, self._apart))
        return Row(number, cells, rest, fault, doubt)


# Names, towns and streets come again and again.
@lru_cache(maxsize=20_000)
def _typed(cell: str) -> tuple[str, bool]:
    """Without what nobody sees, and on one line; and whether its accents are spoiled."""
    return typed_text.line(as_typed(cell.strip())), was_decoded_wrong(cell)
