"""The lines of an XLSX."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from core.typed_text import printable

from .rows import MOST_COLUMNS, Line, NotReadable

# What a file of that size unpacks to, if it is a spreadsheet and not a bomb.
LARGEST_UNPACKED = 400_000_000
# What is kept of it whole, in memory: the texts of a spreadsheet, each once.
LARGEST_TEXTS = 100_000_000
MOST_TEXTS = 2_000_000

# Empty ones too, as a sheet has them whose lines reach its last column.
MOST_CELLS = 50_000_000

# Empty ones too: the last that Excel knows.
MOST_LINES = 1_048_576

# The digits that Excel keeps of a number.
EXACT = 10**15


def xlsx_lines(content: bytes) -> Iterator[Line]:
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
