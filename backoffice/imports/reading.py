"""Spreadsheets that agents bring: CSV or XLSX, as schools and clubs really send them."""

import csv
import datetime as dt
import io
import re
import time
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from typing import Any, NamedTuple

from openpyxl import load_workbook

from core import typed_text
from core.exceptions import Refusal
from core.spelling import simplified
from core.spreadsheets import FORMULA, as_typed
from core.typed_text import printable

from .decoding import Undecodable, decoded, was_decoded_wrong

LARGEST_FILE = 40_000_000
# What a file of that size unpacks to, if it is a spreadsheet and not a bomb.
LARGEST_UNPACKED = 400_000_000
# What is kept of it whole, in memory: the texts of a spreadsheet, each once.
LARGEST_TEXTS = 100_000_000
MOST_TEXTS = 2_000_000
MOST_ROWS = 100_000
# A list has some thirty. What lies further right is nobody's column.
MOST_COLUMNS = 300
# Empty ones too, as a sheet has them whose lines reach its last column.
MOST_CELLS = 50_000_000
# What `csv` takes of a cell.
LONGEST_LINE = 100_000
# Seconds. The largest lists take a third of it, and nobody else is served meanwhile.
LONGEST_READING = 300
# Empty ones too: the last that Excel knows.
MOST_LINES = 1_048_576
# Above the headings there may be a title, a logo's empty line, a date.
HEADINGS_WITHIN = 10
# What Excel and LibreOffice write where they cannot calculate, or have no room.
ERROR = re.compile(r"#+|#N/[AD]|#[A-ZÉ_/0-9]+[!?]|#GETTING_DATA|Err:\d{3}", re.IGNORECASE)
ROUNDED = re.compile(r"[\d ]+(?:[.,]\d+)?E[+-]\d+|[\d ]+,\d+|\d+\.\d+", re.IGNORECASE)
NOTHING = re.compile(r"[-–—_./?]+")
# The digits that Excel keeps of a number.
EXACT = 10**15
UNCLOSED = "Un guillemet n’est pas fermé sur la ligne. Enlevez-le, ou le retour à la ligne dans la case."
STRAY = "Un guillemet est au milieu d’une case. Enlevez-le."
OVERFLOWS = "La ligne a plus de cases que de titres\N{NO-BREAK SPACE}: il y a un ; de trop, ou une virgule."
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
    # What stands in no column of ours, or on several lines; all of it, where the line is broken.
    rest: str = ""
    # Why nobody can say what stands where.
    fault: str = ""


class Line(NamedTuple):
    """As it stands in the file."""

    cells: Sequence[str]
    fault: str = ""


def read(content: bytes, columns: Sequence[str], required: Iterable[str]) -> list[Row]:
    """The rows below the headings, empty ones left out. Headings are known without accents or capitals.

    Raises NotReadable: no spreadsheet, too large, without a required column, with one twice, without rows.
    """
    if len(content) > LARGEST_FILE:
        raise NotReadable(f"Ce fichier dépasse {LARGEST_FILE // 1_000_000} Mo. Coupez-le en plusieurs.")
    is_workbook = zipfile.is_zipfile(io.BytesIO(content))
    numbered, headings = _below_headings(
        [_xlsx(content)] if is_workbook else _csv(content), columns, set(required)
    )
    rows, until = [], time.monotonic() + LONGEST_READING
    for number, line in numbered:
        row = _row(number, line, headings, may_overflow=is_workbook)
        if row.cells or row.fault:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise NotReadable(f"Ce fichier a plus de {MOST_ROWS} lignes. Coupez-le en plusieurs.")
        if time.monotonic() > until:
            raise NotReadable(
                "Ce fichier est trop long à lire. Enregistrez-le en CSV, ou coupez-le en plusieurs."
            )
    if not rows:
        raise NotReadable("Il n’y a aucune ligne sous les titres des colonnes.")
    return rows


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


def refuse_no_values(row: Row, identifying: Collection[str]) -> None:
    """A line that is broken, a formula, an error of a spreadsheet; and, in the columns that identify somebody
    or some place, a number that Excel rounded. Raises RowRefused."""
    if row.fault:
        raise RowRefused(row.fault)
    for column, cell in row.cells.items():
        if cell.startswith(FORMULA[0]):
            raise RowRefused(f"La case {column} est une formule. Remplacez-la par son résultat.")
        if cell[0] in "#E" and ERROR.fullmatch(cell):
            raise RowRefused(
                f"La case {column} dit {cell}\N{NO-BREAK SPACE}: c’est une erreur du tableur. "
                "Corrigez-la, ou élargissez la colonne."
            )
        if column in identifying:
            refuse_rounded(column, cell)


def refuse_rounded(column: str, cell: str) -> None:
    """Raises RowRefused."""
    if ROUNDED.fullmatch(cell):
        raise RowRefused(
            f"La case {column} dit {cell}\N{NO-BREAK SPACE}: Excel a arrondi ce numéro. Mettez la colonne en "
            "Texte, et reprenez le numéro d’origine."
        )
    if NOTHING.fullmatch(cell):
        raise RowRefused(f"La case {column} dit {cell}. Videz-la, ou donnez le numéro.")


def read_yes(cells: Cells, column: str) -> bool | None:
    """Whether the cell says yes; None if it says nothing. Raises RowRefused."""
    if not cells[column]:
        return None
    said = simplified(cells[column])
    if said not in YES | NO:
        raise RowRefused(f"La case {column} dit {cells[column]} au lieu de oui ou non.")
    return said in YES


def read_postcode(text: str) -> str:
    """« 92 330 » → « 92330 »; a spreadsheet takes the 0 of « 01000 ». Raises RowRefused."""
    digits = text.replace(" ", "").zfill(5)
    if not re.fullmatch("[0-9]{5}", digits):
        raise RowRefused(f"{text} n’est pas un code postal à cinq chiffres.")
    return digits


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


class Headings(NamedTuple):
    """Where each column is, and how many cells have a title above them."""

    places: dict[str, int]
    width: int


def _below_headings(
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


def _csv(content: bytes) -> Iterator[Iterator[Line]]:
    """By each sign that may part its cells, the likeliest first. Raises NotReadable."""
    if b"\0" in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise NotReadable("Ce fichier n’est ni un CSV ni un XLSX. Enregistrez-le dans un de ces formats.")
    try:
        text = printable(decoded(content))
    except Undecodable as wrong:
        raise NotReadable(wrong.sentence) from wrong
    for delimiter in sorted(";,\t", key=text[:4_000].count, reverse=True):
        yield _csv_lines(text, delimiter)


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    """A line of the file is a line of the list: a quote that is never closed swallows no other."""
    cell = rf'(?:"(?:[^"]|"")*"|[^"{delimiter}]*)'
    well_quoted = re.compile(f"{cell}(?:{delimiter}{cell})*")
    for ended in io.StringIO(text, newline=None):
        line = ended.removesuffix("\n")
        if len(line) > LONGEST_LINE or line.count(delimiter) >= MOST_COLUMNS:
            raise NotReadable(f"Ce fichier a plus de {MOST_COLUMNS} colonnes. Gardez celles de la liste.")
        if '"' not in line:
            yield Line(line.split(delimiter))
        elif well_quoted.fullmatch(line):
            yield Line(next(csv.reader([line], delimiter=delimiter, strict=True)))
        else:
            yield Line(line.split(delimiter), UNCLOSED if line.count('"') % 2 else STRAY)


def _xlsx(content: bytes) -> Iterator[Line]:
    """Row by row: a sheet of eighty thousand is never whole in memory."""
    try:
        _refuse_too_large(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            # What a sheet says of its size may be all that Excel knows, for a column that was coloured.
            sheet.reset_dimensions()
            cells = 0
            for line in islice(sheet.iter_rows(values_only=True), MOST_LINES):
                cells += len(line)
                if cells > MOST_CELLS:
                    raise NotReadable("Ce fichier a un nombre démesuré de cases. Enregistrez-le en CSV.")
                yield Line([_as_text(value) for value in line[:MOST_COLUMNS]])
        finally:
            book.close()
    except NotReadable:
        raise
    except Exception as wrong:  # openpyxl meets a damaged file with whatever its parts raise
        raise NotReadable("Ce fichier n’est pas un tableur lisible. Enregistrez-le en CSV.") from wrong


def _refuse_too_large(content: bytes) -> None:
    """Before anything of it is in memory. Raises NotReadable."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
        # Only sheets are read a line at a time, wherever the texts are said to be.
        whole = {name: size for name, size in sizes.items() if not name.startswith("xl/worksheets/")}
        if sum(sizes.values()) > LARGEST_UNPACKED or sum(whole.values()) > LARGEST_TEXTS:
            raise NotReadable("Ce fichier, déplié, est démesuré. Enregistrez-le de nouveau, en CSV.")
        texts = 0
        for name in whole:
            with parts.open(name) as part:
                while chunk := part.read(1_000_000):
                    texts += chunk.count(b"si>")
        if texts > MOST_TEXTS:
            raise NotReadable("Ce fichier a un nombre démesuré de textes. Enregistrez-le en CSV.")


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case dt.datetime() | dt.date():
            return f"{value:%d/%m/%Y}"
        case int() | float() if abs(value) >= EXACT:
            # Of such a number Excel kept fifteen digits: it is shown as Excel shows it, and refused so.
            return f"{value:.5E}"
        case float() if value.is_integer():
            return str(int(value))
    return printable(str(value))
