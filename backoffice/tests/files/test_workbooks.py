"""What whoever opens a workbook sees is what is read, whichever program made it."""

import datetime as dt
import io
import zipfile

import pytest

from core.spreadsheet_files.headings import Titles
from core.spreadsheet_files.reading import opened
from core.spreadsheet_files.rows import NotReadable

from .workbooks import ods, xls, xlsx

TITLES = ["Nom", "Date", "Numéro"]
every_format = pytest.mark.parametrize("made", [xlsx, xls, ods])


def read(content):
    """The rows, and what is said of the file."""
    with opened(content, Titles(TITLES, frozenset({"Nom"}))) as reading:
        rows = [(row.number, dict(row.cells)) for row in reading]
        return rows, " ".join(reading.told()).replace("\N{NO-BREAK SPACE}", " ")


@every_format
def test_texts_dates_and_numbers(made):
    """admin.md § 2, 39-41: .xls and .ods were « ni un CSV ni un XLSX »."""
    content = made({"Liste": [TITLES, ["Zoé Łucja", dt.date(2014, 5, 12), 920000123], [None, None, 12]]})

    assert read(content)[0] == [
        (2, {"Nom": "Zoé Łucja", "Date": "12/05/2014", "Numéro": "920000123"}),
        (3, {"Numéro": "12"}),
    ]


@every_format
def test_the_first_visible_sheet_that_has_the_titles(made):
    """cases 29: last year's list, hidden before this year's, was imported."""
    sheets = {
        "2025": [TITLES, ["Ancienne", None, None]],
        "Page de garde": [["Collège"]],
        "2026": [TITLES, ["Nouvelle", None, None]],
    }
    rows, told = read(made(sheets, hidden=["2025"]))

    assert rows == [(2, {"Nom": "Nouvelle"})]
    assert told == "La feuille lue est « 2026 »."


@every_format
def test_of_two_that_have_the_titles_an_agent_chooses(made):
    """cases 29"""
    content = made({"6e": [TITLES, ["A", None, None]], "5e": [TITLES, ["B", None, None]]})
    with pytest.raises(NotReadable, match=r"6e.*5e.*Enregistrez à part"):
        read(content)


@every_format
def test_all_sheets_hidden(made):
    content = made({"Liste": [TITLES, ["A", None, None]], "Autre": [["x"]]}, hidden=["Liste"])
    with pytest.raises(NotReadable, match="Il manque la colonne Nom"):
        read(content)


@every_format
def test_rows_that_a_filter_hides_are_counted_and_said(made):
    """cases 35"""
    rows, told = read(made({"Liste": [TITLES, ["A", None, None], ["B", None, None]]}, hidden_rows=[3]))

    assert [number for number, _ in rows] == [2, 3]
    assert "lues comme les autres : ligne 3. Enlevez-les" in told


@every_format
def test_an_error_of_the_spreadsheet_is_no_empty_cell(made):
    """cases 17: the library that reads them gives nothing."""
    content = made({"Liste": [TITLES, ["A", "#N/A", 3], ["#REF!", None, 4]]})

    assert read(content)[0] == [
        (2, {"Nom": "A", "Date": "#N/A", "Numéro": "3"}),
        (3, {"Nom": "#REF!", "Numéro": "4"}),
    ]


@every_format
def test_titles_below_a_cover_and_beside_an_empty_column(made):
    """admin.md § 2, 16: at line 13 they were not looked for."""
    content = made({"Liste": [[None, "Collège"], *[[None]] * 14, [None, *TITLES], [None, "A", None, 5]]})

    assert read(content)[0] == [(17, {"Nom": "A", "Numéro": "5"})]


def test_a_formula_that_nobody_calculated_is_no_empty_cell():
    """cases 34: the e-mail of a file made by a script was empty, and the account got no invitation."""
    [(_, cells)] = read(xlsx({"Liste": [TITLES, ['=LOWER("A")', None, 3]]}))[0]

    assert cells["Nom"] == '=LOWER("A")'


def test_the_result_of_a_formula_is_read_and_said():
    """cases 34"""
    content = replaced(
        xlsx({"Liste": [TITLES, ['=LOWER("A")', None, 3]]}), b"<v></v>", b"<v>a</v>", b"<v />", b"<v>a</v>"
    )
    rows, told = read(content)

    assert rows == [(2, {"Nom": "a", "Numéro": "3"})]
    assert "dont le résultat est lu : ligne 2." in told


def replaced(content, *parts):
    """The sheets of an XLSX with something else in them."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                for former, latter in zip(parts[::2], parts[1::2], strict=True):
                    text = text.replace(former, latter)
            new.writestr(name, text)
    return file.getvalue()


def test_what_stands_for_a_character_in_a_workbook():
    """Excel writes the end of a line in a cell so."""
    [(_, cells)] = read(xlsx({"Liste": [TITLES, ["DE LA_x000D_\nFONTAINE", None, None]]}))[0]

    assert cells["Nom"] == "DE LA FONTAINE"
