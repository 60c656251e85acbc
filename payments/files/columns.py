"""A batch in the columns that a finance software takes."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from anyascii import anyascii

from core.money import CENT
from core.spreadsheets import plain
from core.typed_text import printable

from ..exceptions import ColumnTooNarrow
from ..models import DecimalSign, Encoding, FileColumn, FileTemplate, Format, Layout, Source
from .rows import Row
from .sepa_text import folded

END = "\r\n"
# Prose may be cut; half an IBAN is none.
PROSE = (Source.CONSTANT, Source.NAME, Source.HOLDER, Source.OBJECT, Source.LABEL, Source.KIND)
MOST = 200


def written(template: FileTemplate, columns: Sequence[FileColumn], rows: Iterable[Row]) -> bytes:
    """Raises ColumnTooNarrow, and what `rows` raises."""
    lines = (_line(template, [_cell(template, column, row) for column in columns], columns) for row in rows)
    header = [_header(template, columns)] if template.has_header else []
    return b"".join(_encoded(line, Encoding(template.encoding)) for line in [*header, *lines])


def _header(template: FileTemplate, columns: Sequence[FileColumn]) -> str:
    """Of a fixed width, cut where it is longer."""
    names = [printable(column.header) for column in columns]
    if template.layout == Layout.FIXED:
        names = [name[: column.width] for name, column in zip(names, columns, strict=True)]
    return _line(template, names, columns)


def _line(template: FileTemplate, cells: list[str], columns: Sequence[FileColumn]) -> str:
    if template.layout == Layout.FIXED:
        return "".join(_padded(cell, column) for cell, column in zip(cells, columns, strict=True)) + END
    line = io.StringIO()
    csv.writer(line, delimiter=template.delimiter, lineterminator=END).writerow(map(plain, cells))
    return line.getvalue()


def _padded(cell: str, column: FileColumn) -> str:
    """Raises ColumnTooNarrow."""
    width = column.width or 0
    if len(cell) > width and column.source in PROSE:
        return cell[:width]
    if len(cell) > width:
        raise ColumnTooNarrow
    return cell.ljust(width)


def _cell(template: FileTemplate, column: FileColumn, row: Row) -> str:
    value: Any = row[column.source] if column.source else column.constant
    text = " ".join(printable(_text(template, column, value)).split())
    match column.format:
        case Format.CAPITALS:
            return text.upper()
        case Format.PLAIN:
            return folded(text, MOST)
        case Format.ZEROS | Format.CENTS_ZEROS:
            return text.rjust(column.width or 0, "0")
    # Numbers stand at the right of their column.
    is_number = isinstance(value, int | Decimal) and template.layout == Layout.FIXED
    return text.rjust(column.width or 0) if is_number else text


def _text(template: FileTemplate, column: FileColumn, value: Any) -> str:
    match value:
        case Decimal() if column.format in (Format.CENTS, Format.CENTS_ZEROS):
            return str(int(value / CENT))
        case Decimal():
            return str(value).replace(".", DecimalSign(template.decimal))
        case dt.date():
            return f"{value:%Y%m%d}" if column.format == Format.COMPACT_DAY else f"{value:%d/%m/%Y}"
    return str(value)


def _encoded(line: str, encoding: Encoding) -> bytes:
    """A letter that the encoding has not is written without what it has not: « Ł » as « L »."""
    if encoding == Encoding.UTF8:
        return line.encode()
    return "".join(_in_cp1252(line)).encode("cp1252")


def _in_cp1252(line: str) -> Iterator[str]:
    for sign in line:
        try:
            sign.encode("cp1252")
        except UnicodeEncodeError:
            # One sign for one: columns of fixed width keep their places.
            yield (anyascii(sign) or "?")[0]
        else:
            yield sign
