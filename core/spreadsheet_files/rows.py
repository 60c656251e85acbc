"""A line of a file, before and after its columns are known."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.exceptions import Refusal

from .merged import Merged


class NotReadable(Refusal):
    """The file as a whole is refused: its sentence says what to do."""


class ColumnsUnknown(NotReadable):
    """Nobody knows which columns are which; but an agent may say it."""


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
    # What is probably wrong with it, if its cells do not fit their columns.
    doubt: str = ""


class Line(NamedTuple):
    """As it stands in the file."""

    cells: Sequence[str]
    fault: str = ""
    # The spreadsheet does not show it: a filter hides it, or somebody did.
    is_hidden: bool = False
    # A cell of it is a formula, of which the result was read.
    is_calculated: bool = False
    # What covers it and other lines.
    merged: Sequence[Merged] = ()


@dataclass(frozen=True)
class Table:
    """A sheet that whoever opens the file sees; or a CSV, as one sign parts its cells."""

    first: Sequence[Line]
    # By their numbers; empty ones may be left out.
    lines: Callable[[], Iterator[tuple[int, Line]]]
    # How many lines, at most.
    height: int
    # Of a sheet.
    name: str = ""
    # Of a CSV, what parts its cells.
    sign: str = ""
