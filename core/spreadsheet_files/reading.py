"""Spreadsheets that agents bring, as schools and clubs really send them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress, islice

from core import typed_text
from core.spreadsheets import as_typed

from .csv_file import csv_tables
from .decoding import was_decoded_wrong
from .headings import Headings, Titles, with_headings
from .kinds import is_workbook, refuse_other_kinds
from .rows import Cells, Line, NotReadable, Row, Table
from .workbook import workbook_tables

LARGEST_FILE = 40_000_000

MOST_ROWS = 100_000

# Seconds. The largest lists take a third of it, and nobody else is served meanwhile.
LONGEST_READING = 300

OVERFLOWS = "La ligne a plus de cases que de titres\N{NO-BREAK SPACE}: il y a un ; de trop, ou une virgule."


# Of a list of lines that a sentence names.
NAMED = 10
LONGEST_TITLE = 40


class Reading:
    """The rows below the headings, one after the other, empty ones left out; once they are read, what an
    agent should know of the file."""

    def __init__(self, table: Table, headings: Headings) -> None:
        self._table, self._headings = table, headings
        self._hidden: list[int] = []
        self._calculated: list[int] = []
        # At most, as long as they are not read.
        self.rows = max(table.height - headings.line, 0)

    def __iter__(self) -> Iterator[Row]:
        """Raises NotReadable: too many rows, none at all, or one that takes for ever."""
        rows, until = 0, time.monotonic() + LONGEST_READING
        above = self._headings.line
        for number, line in enumerate(islice(self._table.lines(), above, None), start=above + 1):
            row = _row(number, line, self._headings, may_overflow=bool(self._table.name))
            if not (row.cells or row.fault):
                continue
            rows += 1
            self._notice(row, line)
            yield row
            _refuse_beyond(rows, until)
        if not rows:
            raise NotReadable("Il n’y a aucune ligne sous les titres des colonnes.")

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
    if len(content) > LARGEST_FILE:
        raise NotReadable(f"Ce fichier dépasse {LARGEST_FILE // 1_000_000} Mo. Coupez-le en plusieurs.")
    with tables_of(content) as tables:
        yield Reading(*with_headings(tables, titles))


def _named(lines: list[int]) -> str:
    numbers = ", ".join(map(str, lines[:NAMED]))
    more = f" et {len(lines) - NAMED} autres" if len(lines) > NAMED else ""
    return f"ligne{'s' * (len(lines) > 1)} {numbers}{more}"


@contextmanager
def tables_of(content: bytes) -> Iterator[list[Table]]:
    """The visible sheets; or a CSV, as each sign would part it. Raises NotReadable."""
    refuse_other_kinds(content)
    if is_workbook(content):
        with workbook_tables(content) as tables:
            yield tables
    else:
        yield csv_tables(content)


def _row(number: int, line: Line, headings: "Headings", *, may_overflow: bool) -> Row:
    said = {name: line.cells[place] for name, place in headings.places.items() if place < len(line.cells)}
    cells = Cells((name, typed) for name, cell in said.items() if (typed := _typed(cell)))
    fault = line.fault
    if not may_overflow and any(cell.strip() for cell in line.cells[headings.width :]):
        fault = fault or OVERFLOWS
    if wrong := next((name for name, cell in said.items() if was_decoded_wrong(cell)), ""):
        fault = fault or f"Les accents de la case {wrong} sont abîmés. Écrivez-la de nouveau."
    ours = {*headings.places.values()} if not fault else set()
    apart = (place not in ours or "\n" in cell for place, cell in enumerate(line.cells))
    rest = "\n".join(compress(line.cells, apart))
    return Row(number, cells, rest, fault)


def _typed(cell: str) -> str:
    """Without what nobody sees, and on one line."""
    cell = as_typed(cell.strip())
    return cell if cell.isascii() and cell.isprintable() else typed_text.line(cell)
