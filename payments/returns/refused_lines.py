"""The refused lines of a return as a CSV: corrected, it is a return of the same batch."""

from collections.abc import Iterator
from functools import partial

from core.spreadsheets import Columns, as_csv
from payments.models import ReturnFile, ReturnLine, Verdict

from .titles import TITLES, WHY


def as_file(file: ReturnFile) -> Iterator[str]:
    """Line after line, with the reason of each in the last column."""
    columns: Columns = {title: partial(_cell, title) for title in TITLES.columns} | {WHY: _why}
    return as_csv(columns, file.lines.filter(verdict=Verdict.REFUSED).order_by("number"))


def _cell(title: str, line: ReturnLine) -> str:
    text: str = line.cells.get(title, "")
    return text


def _why(line: ReturnLine) -> str:
    return line.why
