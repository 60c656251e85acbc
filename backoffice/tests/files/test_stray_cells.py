"""A cell that went astray, at the end of a sheet, does not make its reading long."""

import io
import time

import openpyxl
import pytest

from .test_workbooks import TITLES, read

LINES = 300


def stray(where):
    book = openpyxl.Workbook()
    book.active.append(TITLES)
    for number in range(LINES):
        book.active.append([f"A{number}", None, 1000 + number])
    book.active[where] = "x"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("where", ["H1048576", "XFD2", "XFD300", "Z900000"])
def test_it_is_nobody_s_line(where):
    """security.md F17, of its kind: 24 seconds for three hundred lines.

    Of the processor, for this process alone: the million empty lines never come here.
    """
    content, start = stray(where), time.process_time()
    rows, _ = read(content)

    assert [number for number, _ in rows] == [*range(2, LINES + 2)]
    assert time.process_time() - start < 2


def test_in_a_column_that_is_read_it_is_a_line_with_its_own_number():
    rows, _ = read(stray("A1048576"))

    assert rows[-1] == (1_048_576, {"Nom": "x"})
    assert len(rows) == LINES + 1
