"""Spreadsheets that agents bring: CSV or XLSX, as schools and clubs really send them."""

import io
import time
import zipfile
from collections.abc import Iterable, Sequence
from itertools import compress

from core import typed_text
from core.spreadsheets import as_typed

from .csv_file import csv_readings
from .decoding import was_decoded_wrong
from .headings import Headings, below_headings
from .rows import Cells, Line, NotReadable, Row
from .xlsx_file import xlsx_lines

LARGEST_FILE = 40_000_000

MOST_ROWS = 100_000

# Seconds. The largest lists take a third of it, and nobody else is served meanwhile.
LONGEST_READING = 300

OVERFLOWS = "La ligne a plus de cases que de titres\N{NO-BREAK SPACE}: il y a un ; de trop, ou une virgule."


def read(content: bytes, columns: Sequence[str], required: Iterable[str]) -> list[Row]:
    """The rows below the headings, empty ones left out. Headings are known without accents or capitals.

    Raises NotReadable: no spreadsheet, too large, without a required column, with one twice, without rows.
    """
    if len(content) > LARGEST_FILE:
        raise NotReadable(f"Ce fichier dépasse {LARGEST_FILE // 1_000_000} Mo. Coupez-le en plusieurs.")
    is_workbook = zipfile.is_zipfile(io.BytesIO(content))
    numbered, headings = below_headings(
        [xlsx_lines(content)] if is_workbook else csv_readings(content), columns, set(required)
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
