"""A file that is refused as a whole."""

import io
import zipfile

import pytest

from core.spreadsheet_files.rows import NotReadable

from .directories import HEADINGS, outcome, plan
from .test_files import xlsx

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Ce fichier est vide"),
        (b"Nom;Quartier\nCLUB;Antony", "Il manque la colonne Commune"),
        (b"Nom;Commune;NOM *\nCLUB;Antony;AUTRE", "La colonne Nom y est plusieurs fois"),
        (HEADINGS.encode(), "aucune ligne"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "est une image"),
        (b"x" * 40_000_001, "40 Mo"),
        (b"PK\x05\x06" + b"\0" * 18, "ni un CSV ni un tableur"),
    ],
    ids=["empty", "missing column", "same column twice", "no rows", "picture", "too large", "empty zip"],
)
def test_a_file_that_is_refused_as_a_whole(content, reason):
    with pytest.raises(NotReadable, match=reason):
        plan(content)


def test_a_sheet_that_says_it_is_as_large_as_can_be_is_read_in_no_time():
    """So Excel saves one whose columns were coloured. Read as it says, it would take the worker for long."""
    small = zipfile.ZipFile(io.BytesIO(xlsx(HEADINGS.split(";"), ["JUDO CLUB", "Antony", "Judo"])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as large:
        for name in small.namelist():
            part = small.read(name).replace(b'ref="A1:D2"', b'ref="A1:XFD1048576"')
            last = b'<row r="1048576"><c r="A1048576"/></row></sheetData>'
            large.writestr(name, part.replace(b"</sheetData>", last))

    assert b'ref="A1:D2"' in small.read("xl/worksheets/sheet1.xml")
    assert outcome(file.getvalue()) == [1, 0, 0, 0]
