"""The sheets that whoever opens a workbook sees, whichever program made it."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import python_calamine
import xlrd
from python_calamine import SheetTypeEnum, SheetVisibleEnum

from .marks import EXACT, Marks, Range, marks_of
from .number_formats import shown
from .workbook_sentences import DAMAGED, PROTECTED, TOO_LARGE

# What a file of the size that is taken unpacks to, if it is a spreadsheet.
LARGEST_UNPACKED = 400_000_000


class Unreadable(Exception):
    """Its message says to the agent why, and what to do."""


@dataclass(frozen=True)
class Sheet:
    """A visible one, with how to read its rows, and what the library that reads them does not tell."""

    name: str
    height: int
    rows: Callable[[], Iterable[Sequence[Any]]]
    marks: Callable[[], Marks]


def sheets_of(content: bytes) -> list[Sheet]:
    """Those that are not hidden, in their order. Raises Unreadable."""
    try:
        sheets = _xls(content) if not content.startswith(b"PK") else _zipped(content)
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception as wrong:  # a damaged file is met with whatever the parts of these libraries raise
        raise Unreadable(DAMAGED) from wrong
    if not sheets:
        raise Unreadable("Toutes les feuilles de ce fichier sont masquées. Affichez celle de la liste.")
    return sheets


def _zipped(content: bytes) -> list[Sheet]:
    """XLSX, XLSM, XLSB and ODS."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
        raise Unreadable(TOO_LARGE)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
    except python_calamine.PasswordError as wrong:
        raise Unreadable(PROTECTED) from wrong
    names = [
        about.name
        for about in book.sheets_metadata
        if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
    ]
    readers: list[Callable[[], Marks]] = [partial(marks_of, archive, name) for name in names]
    if len(names) == 1:
        # Nearly always asked for: looked for while the library, which lets others run, reads the cells.
        readers = [ThreadPoolExecutor(1).submit(readers[0]).result]
    return [_calamine_sheet(book, name, read) for name, read in zip(names, readers, strict=True)]


def _calamine_sheet(book: Any, name: str, read_marks: Callable[[], Marks]) -> Sheet:
    sheet = book.get_sheet_by_name(name)

    def marks() -> Marks:
        found = read_marks()
        # Of an ODS it tells none.
        merged = [Range(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        return replace(found, merged=[*found.merged, *merged])

    # It leaves out the empty columns on the left.
    left = [""] * (sheet.start[1] if sheet.start else 0)
    height = sheet.end[0] + 1 if sheet.end else 0
    return Sheet(name, height, lambda: ([*left, *row] for row in sheet.iter_rows()), marks)


def _xls(content: bytes) -> list[Sheet]:
    """Of Excel 97 to 2003; or a workbook of today that a password locks, which hides in the same shell."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(PROTECTED)
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    except xlrd.biffh.XLRDError as wrong:
        raise Unreadable(PROTECTED if "encrypted" in str(wrong) else DAMAGED) from wrong
    return [_xls_sheet(book, sheet) for sheet in book.sheets() if not sheet.visibility]


def _xls_sheet(book: xlrd.Book, sheet: Any) -> Sheet:
    def value(cell: Any) -> Any:
        match cell.ctype:
            case xlrd.XL_CELL_DATE:
                return xlrd.xldate_as_datetime(cell.value, book.datemode)
            case xlrd.XL_CELL_BOOLEAN:
                return bool(cell.value)
            case xlrd.XL_CELL_ERROR:
                return xlrd.error_text_from_code.get(cell.value, "#N/A")
            case xlrd.XL_CELL_NUMBER if cell.value < EXACT:
                code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
                return shown(code, cell.value) or cell.value
        return cell.value

    hidden = {place for place, row in sheet.rowinfo_map.items() if row.hidden}
    merged = [Range(top, left, below - 1, beside - 1) for top, below, left, beside in sheet.merged_cells]
    return Sheet(
        sheet.name,
        sheet.nrows,
        lambda: ([value(cell) for cell in sheet.row(place)] for place in range(sheet.nrows)),
        lambda: Marks(hidden, merged=merged),
    )
