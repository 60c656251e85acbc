"""Spreadsheets that agents bring: CSV or XLSX, as schools and clubs really send them."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from ..exceptions import Refusal
from ..spelling import simplified
from .spreadsheets import FORMULA, as_typed, printable

LARGEST_FILE = 40_000_000
# What a file of that size unpacks to, if it is a spreadsheet and not a bomb.
LARGEST_UNPACKED = 400_000_000
MOST_ROWS = 100_000
# Empty ones too: the last that Excel knows.
MOST_LINES = 1_048_576
# Above the headings there may be a title, a logo's empty line, a date.
HEADINGS_WITHIN = 10
YES, NO = {"oui", "o", "1", "x", "vrai"}, {"non", "n", "0", "faux"}
# The first day that Excel counts, were 1900 a leap year as it believes.
EXCEL_EPOCH = dt.date(1899, 12, 30)


class NotReadable(Refusal):
    """The file as a whole is refused: its sentence says what to do."""


class RowRefused(Exception):
    """Its message says to the agent what is wrong with the line, and what to do."""


class Cells(dict[str, str]):
    """By the names of the columns, trimmed. Only those that say something are kept: a roster has thirty."""

    def __missing__(self, column: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file, by its number there."""

    number: int
    cells: Cells


def read(content: bytes, columns: Sequence[str], required: Iterable[str]) -> list[Row]:
    """The rows below the headings, empty ones left out. Headings are known without accents or capitals.

    Raises NotReadable: no spreadsheet, too large, without a required column, with one twice, without rows.
    """
    if len(content) > LARGEST_FILE:
        raise NotReadable(f"Ce fichier dépasse {LARGEST_FILE // 1_000_000} Mo. Coupez-le en plusieurs.")
    lines = _xlsx(content) if zipfile.is_zipfile(io.BytesIO(content)) else _csv(content)
    numbered = enumerate(lines, start=1)
    places = _headings(numbered, columns, set(required))
    rows = []
    for number, line in numbered:
        said = ((name, as_typed(line[place].strip())) for name, place in places.items() if place < len(line))
        if cells := Cells((name, cell) for name, cell in said if cell):
            rows.append(Row(number, cells))
        if len(rows) > MOST_ROWS:
            raise NotReadable(f"Ce fichier a plus de {MOST_ROWS} lignes. Coupez-le en plusieurs.")
    if not rows:
        raise NotReadable("Il n’y a aucune ligne sous les titres des colonnes.")
    return rows


def refuse_formulas(cells: Cells) -> None:
    """A cell that calculates says something else tomorrow. Raises RowRefused."""
    for column, cell in cells.items():
        if cell.startswith(FORMULA[0]):
            raise RowRefused(f"La case {column} est une formule. Remplacez-la par son résultat.")


def read_yes(cells: Cells, column: str) -> bool | None:
    """Whether the cell says yes; None if it says nothing. Raises RowRefused."""
    if not cells[column]:
        return None
    said = simplified(cells[column])
    if said not in YES | NO:
        raise RowRefused(f"La case {column} dit {cells[column]} au lieu de oui ou non.")
    return said in YES


def read_date(text: str) -> dt.date:
    """« 01/09/2026 », « 2026-09-01 », or the number that Excel counts days by. Raises ValueError."""
    for way in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, way).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
    if text.isdecimal() and 20_000 < int(text) < 80_000:
        return EXCEL_EPOCH + dt.timedelta(days=int(text))
    raise ValueError(text)


def _headings(
    lines: Iterator[tuple[int, Sequence[str]]], columns: Sequence[str], required: set[str]
) -> dict[str, int]:
    """Where each column is, from the first line that has those that are required."""
    wanted = {simplified(name): name for name in columns}
    nearest: set[str] = set()
    for number, line in lines:
        keys = [simplified(cell) for cell in line]
        places = {wanted[key]: place for place, key in enumerate(keys) if key in wanted}
        if required <= places.keys():
            if twice := [name for key, name in wanted.items() if keys.count(key) > 1]:
                raise NotReadable(f"La colonne {twice[0]} y est plusieurs fois. Gardez celle qui compte.")
            return places
        nearest = max(nearest, places.keys() & required, key=len)
        if number >= HEADINGS_WITHIN:
            break
    missing = ", ".join(name for name in columns if name in required - nearest)
    raise NotReadable(
        f"Il manque la colonne {missing}. Les titres des colonnes sont attendus dans les "
        f"{HEADINGS_WITHIN} premières lignes."
    )


def _csv(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content:
        raise NotReadable("Ce fichier n’est ni un CSV ni un XLSX. Enregistrez-le dans un de ces formats.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    text = printable(text)
    first = text[:4_000]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as wrong:
        raise NotReadable("Ce CSV est abîmé. Enregistrez-le de nouveau depuis le tableur.") from wrong


def _xlsx(content: bytes) -> Iterator[list[str]]:
    """Row by row: a sheet of eighty thousand is never whole in memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise NotReadable("Ce fichier, déplié, est démesuré. Enregistrez-le de nouveau, en CSV.")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            # What a sheet says of its size may be all that Excel knows, for a column that was coloured.
            sheet.reset_dimensions()
            for line in islice(sheet.iter_rows(values_only=True), MOST_LINES):
                yield [_as_text(value) for value in line]
        finally:
            book.close()
    except NotReadable:
        raise
    except Exception as wrong:  # openpyxl meets a damaged file with whatever its parts raise
        raise NotReadable("Ce fichier n’est pas un tableur lisible. Enregistrez-le en CSV.") from wrong


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case dt.datetime() | dt.date():
            return f"{value:%d/%m/%Y}"
        case float() if value.is_integer():
            return str(int(value))
    return printable(str(value))
