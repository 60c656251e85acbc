"""A file beyond measure is refused before it is in memory."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from backoffice.tests.files.workbooks import workbook
from core.spreadsheet_files import reading
from core.spreadsheet_files.rows import NotReadable

from .broken import SAID, compare, lines

pytestmark = pytest.mark.django_db


def rezipped(content, **parts):
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
        for name in set(parts) - {Path(name).stem for name in old.namelist()}:
            new.writestr(f"xl/{name}.xml", parts[name])
    return file.getvalue()


def test_texts_beyond_measure_are_not_unpacked():
    """security.md F17, admin.md 47: 390 MB of texts in 950 KB held a worker for sixteen minutes."""
    with pytest.raises(NotReadable, match="déplié, est démesuré"):
        compare(rezipped(workbook(SAID), sharedStrings=b"x" * 400_000_001))


def test_what_takes_all_memory_dies_with_the_process_that_reads_it():
    """security.md F17: between two cells lie seventeen thousand million."""
    book = openpyxl.Workbook()
    book.active.append(SAID)
    book.active.cell(1_048_576, 16_384, "x")
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(NotReadable, match="arrête le programme"):
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
