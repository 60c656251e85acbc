"""A line of a file, before and after its columns are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.exceptions import Refusal

# A list has some thirty. What lies further right is nobody's column.
MOST_COLUMNS = 300


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
