"""Reads a workbook in a process of its own, which a bomb may kill without anybody else noticing.

`workbook.py` starts it. The content comes in by the standard input, after its length; a JSON array goes out
for each thing there is to say: the visible sheets with their first lines, then the lines of the sheet that is
asked for. It knows nothing of Django, and so begins in a tenth of a second.
"""

import datetime as dt
import json
import re
import resource
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from .limits import FIRST_LINES, MOST_COLUMNS
from .marks import EXACT, Marks, Range
from .merged import Merged
from .workbook_formats import Sheet, Unreadable, sheets_of

# Bytes of address space: the largest lists take a half of it. Seconds of processor: a tenth.
MOST_MEMORY, LONGEST = 900_000_000, 60
# How a workbook writes a character that XML cannot hold.
ESCAPED = re.compile("_x([0-9A-F]{4})_")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    said = sys.stdin.buffer
    (length,) = struct.unpack("!Q", said.read(8))
    try:
        sheets = sheets_of(said.read(length))
    except Unreadable as wrong:
        _say("refused", str(wrong))
        # Whoever reads it need not wait for what is still looked for beside.
        sys.stdout.flush()
        return
    for sheet in sheets:
        _say("sheet", sheet.name, sheet.height, list(islice(_lines(sheet, Marks()), FIRST_LINES)))
    _say("sheets")
    sys.stdout.flush()
    if asked := said.readline():
        sheet = sheets[int(asked)]
        _say_lines(sheet, sheet.marks())
        _say("end")


def _say_lines(sheet: Sheet, marks: Marks) -> None:
    """Those that are not empty: a cell that went astray at the bottom of a sheet has a million above it."""
    merged: dict[int, list[Merged]] = defaultdict(list)
    beginning: dict[int, list[Range]] = defaultdict(list)
    for each in marks.merged:
        beginning[each.top].append(each)
    for place, cells in enumerate(_lines(sheet, marks)):
        for each in beginning.get(place, ()):
            text = cells[each.left] if each.left < len(cells) else ""
            for covered in range(each.top, min(each.bottom + 1, sheet.height)):
                merged[covered].append(Merged(each.top + 1, each.left, each.right, text))
        said = (place in marks.hidden, place in marks.calculated, merged.pop(place, ()))
        if cells:
            _say(place + 1, cells, *(said if any(said) else ()))


def _say(*thing: Any) -> None:
    # `json.dump` would take four times as long.
    sys.stdout.write(json.dumps(thing, ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(sheet: Sheet, marks: Marks) -> Iterator[list[str]]:
    for place, row in enumerate(sheet.rows()):
        # Two million of them: a text that is as it should be is not looked at twice.
        cells = [
            value if value.__class__ is str and "_x" not in value and "\r" not in value else as_text(value)
            for value in (row[:MOST_COLUMNS] if row.count("") < len(row) else ())
        ]
        for column, said in marks.instead.get(place, {}).items():
            if column < MOST_COLUMNS:
                cells += [""] * (column + 1 - len(cells))
                cells[column] = said
        yield cells


def as_text(value: Any) -> str:
    match value:
        case None:
            text = ""
        case str():
            text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value).replace("\r\n", "\n")
        case bool():
            text = "oui" if value else "non"
        case dt.datetime() | dt.date():
            text = f"{value:%d/%m/%Y}"
        case int() | float() if abs(value) >= EXACT:
            # Of such a number Excel kept fifteen digits: it is shown as Excel shows it, and refused so.
            text = f"{value:.5E}"
        case float() if value.is_integer():
            text = str(int(value))
        case _:
            text = str(value)
    return text


if __name__ == "__main__":
    main()
