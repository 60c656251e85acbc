"""CSV and XLSX, as they are saved."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from backoffice.imports.spreadsheets.cells import read_date
from backoffice.imports.spreadsheets.rows import NotReadable
from partners.models import Partner

from .directories import HEADINGS, bring, outcome, plan

pytestmark = pytest.mark.django_db


def xlsx(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_as_spreadsheets_save_it(encoding, delimiter):
    text = f"{HEADINGS}\nÉCOLE DE DANSE;Antony;Danse;".replace(";", delimiter)
    bring(text.encode(encoding))

    assert Partner.objects.get().name == "ÉCOLE DE DANSE"


def test_xlsx_with_a_title_above_empty_lines_and_real_dates():
    content = xlsx(
        ["Organismes affiliés 2026"],
        [],
        ["NOM *", "commune", "Code postal", "activites sport", "affilie depuis le", "Autre"],
        ["JUDO CLUB", "Antony", 92160, "Judo", dt.datetime(2026, 9, 1), "ignoré"],  # noqa: DTZ001 – a cell
        [None, None],
        ["AIKIDO", "Sceaux", 92330.0, "Aïkido", 46266],
    )
    bring(content)

    assert list(Partner.objects.values_list("name", "postcode", "affiliated_from")) == [
        ("AIKIDO", "92330", dt.date(2026, 9, 1)),
        ("JUDO CLUB", "92160", dt.date(2026, 9, 1)),
    ]


@pytest.mark.parametrize("text", ["01/09/2026", "2026-09-01", "01.09.2026", "46266"])
def test_dates_as_people_write_them(text):
    assert read_date(text) == dt.date(2026, 9, 1)


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(5):
            parts.writestr(f"xl/{number}.xml", b"\0" * 100_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Il manque la colonne Nom, Commune"),
        (b"Nom;Ville\nCLUB;Antony", "Il manque la colonne Commune"),
        (b"Nom;Commune;NOM *\nCLUB;Antony;AUTRE", "La colonne Nom y est plusieurs fois"),
        (HEADINGS.encode(), "aucune ligne"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "ni un CSV ni un XLSX"),
        (b"x" * 40_000_001, "40 Mo"),
        (b"PK\x05\x06" + b"\0" * 18, "pas un tableur lisible"),
    ],
    ids=["empty", "missing column", "same column twice", "no rows", "picture", "too large", "empty zip"],
)
def test_a_file_that_is_refused_as_a_whole(content, reason):
    with pytest.raises(NotReadable, match=reason):
        plan(content)


def test_a_zip_bomb_is_not_unpacked():
    with pytest.raises(NotReadable, match="démesuré"):
        plan(bomb())


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


def test_a_character_that_nobody_sees_is_left_out():
    bring(f"{HEADINGS}\nJUDO\x0b CLUB\x1f;Antony;Judo;")

    assert Partner.objects.get().name == "JUDO CLUB"
