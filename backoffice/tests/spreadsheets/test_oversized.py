"""A file beyond measure is refused before it is in memory."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from backoffice.imports.spreadsheets import reading, xlsx_file
from backoffice.imports.spreadsheets.rows import NotReadable

from .broken import SAID, compare, lines
from .workbooks import workbook

pytestmark = pytest.mark.django_db


def rezipped(content, **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
        for name in set(parts) - {Path(name).stem for name in old.namelist()}:
            new.writestr(f"xl/{name}.xml", parts[name])
    return file.getvalue()


@pytest.mark.parametrize(
    "texts",
    [b"x" * 100_000_001, b"<si><t>a</t></si>" * 2_000_001],
    ids=["large", "many"],
)
def test_texts_beyond_measure_are_not_unpacked(monkeypatch, texts):
    """security.md F17, admin.md 47: 390 MB of texts in 950 KB, 9 million short ones in 23 MB."""
    monkeypatch.setattr(xlsx_file, "load_workbook", None)
    with pytest.raises(NotReadable, match="démesuré"):
        compare(rezipped(workbook(SAID), sharedStrings=texts))


def test_lines_that_reach_the_last_column_are_not_read_for_ever(monkeypatch):
    """security.md F17: 3,000 of them took three seconds, a million are allowed."""
    monkeypatch.setattr(xlsx_file, "MOST_CELLS", 100_000)
    book = openpyxl.Workbook()
    book.active.append(SAID)
    for row in range(2, 20):
        book.active.cell(row, 16_384, "x")
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(NotReadable, match="nombre démesuré de cases"):
        compare(file.getvalue())


def test_no_file_is_read_for_ever(monkeypatch):
    """admin.md 47: one held the worker for sixteen minutes."""
    monkeypatch.setattr(reading, "LONGEST_READING", -1)
    with pytest.raises(NotReadable, match="trop long à lire"):
        compare(lines("G1301"))


@pytest.mark.parametrize("line", [";" * 1_000, f"{'x' * 200_000}"], ids=["columns", "cell"])
def test_a_csv_of_endless_lines(line):
    with pytest.raises(NotReadable, match="colonnes"):
        compare([*lines("G1301"), line])
