"""Lists as spreadsheets: CSV as French ones open it (`;`, a BOM), and XLSX, a row at a time."""

import csv
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from tempfile import TemporaryFile
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from core.typed_text import printable

# What a list is sent as.
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a spreadsheet would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What a column is called, and what stands in it for a row of the list.
Columns = Mapping[str, Callable[[Any], Any]]
# Of an XLSX, beside the line of their headings.
MOST_ROWS = 2**20 - 1
PIECE = 2**20


def plain(text: str) -> str:
    """Text that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_typed(text: str) -> str:
    """The inverse of `plain`, for an export that is imported again."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def as_csv(columns: Columns, rows: Iterable[Any]) -> Iterator[str]:
    """Line after line. The BOM comes first: without it a spreadsheet would not read the accents."""
    lines = csv.writer(_Line(), delimiter=";")
    yield "\N{ZERO WIDTH NO-BREAK SPACE}" + lines.writerow(columns)
    for row in rows:
        yield str(lines.writerow([_in_french(cell(row)) for cell in columns.values()]))


def as_xlsx(columns: Columns, rows: Iterable[Any]) -> Iterator[bytes]:
    """Piece after piece. The sheet waits on the disk, never in memory, until it is whole."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_for_xlsx(cell(row)) for cell in columns.values()])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from iter(partial(file.read, PIECE), b"")


class _Line:
    """A file for `csv` that returns each line."""

    def write(self, line: str) -> str:
        return line


def _in_french(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case Decimal():
            return str(value).replace(".", ",")
        case dt.datetime():
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
    return plain(printable(str(value)))


def _for_xlsx(value: Any) -> str | int | Decimal | dt.date | None:
    match value:
        case bool():
            return "oui" if value else "non"
        case dt.datetime():
            return timezone.localtime(value).replace(tzinfo=None)
        case None | int() | Decimal() | dt.date():
            return value
    return plain(printable(str(value)))
