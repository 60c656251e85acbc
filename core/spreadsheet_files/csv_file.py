"""The lines of a CSV."""

import csv
import io
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from core.typed_text import printable

from .decoding import Undecodable, decoded
from .limits import FIRST_LINES, MOST_COLUMNS
from .rows import Line, NotReadable, Table

# What `csv` takes of a cell.
LONGEST_LINE = 100_000

UNCLOSED = "Un guillemet n’est pas fermé sur la ligne. Enlevez-le, ou le retour à la ligne dans la case."
STRAY = "Un guillemet est au milieu d’une case. Enlevez-le."


def csv_tables(content: bytes) -> list[Table]:
    """By each sign that may part its cells, the likeliest first. Raises NotReadable."""
    try:
        text = printable(decoded(content))
    except Undecodable as wrong:
        raise NotReadable(wrong.sentence) from wrong
    return [_table(text, sign) for sign in sorted(";,\t", key=text[:4_000].count, reverse=True)]


def _table(text: str, delimiter: str) -> Table:
    lines = partial(csv_lines, text, delimiter)
    first = [line for _, line in islice(lines(), FIRST_LINES)]
    return Table(first, lines, text.count("\n") + 1, sign=delimiter)


def csv_lines(text: str, delimiter: str) -> Iterator[tuple[int, Line]]:
    """A line of the file is a line of the list: a quote that is never closed swallows no other."""
    cell = rf'(?:"(?:[^"]|"")*"|[^"{delimiter}]*)'
    well_quoted = re.compile(f"{cell}(?:{delimiter}{cell})*")
    for number, ended in enumerate(io.StringIO(text, newline=None), start=1):
        line = ended.removesuffix("\n")
        if len(line) > LONGEST_LINE or line.count(delimiter) >= MOST_COLUMNS:
            raise NotReadable(f"Ce fichier a plus de {MOST_COLUMNS} colonnes. Gardez celles de la liste.")
        if '"' not in line:
            yield number, Line(line.split(delimiter))
        elif well_quoted.fullmatch(line):
            yield number, Line(next(csv.reader([line], delimiter=delimiter, strict=True)))
        else:
            yield number, Line(line.split(delimiter), UNCLOSED if line.count('"') % 2 else STRAY)
