"""A number is read as the workbook shows it, with the zeros that its format puts first."""

import io

import openpyxl
import pytest
import xlwt

from core.spreadsheet_files.number_formats import shown

from .test_workbooks import read
from .workbooks import odf

FORMATS = {
    "0000000000": (920001234, "0920001234"),
    "00000": (1000, "01000"),
    '0#" "##" "##" "##" "##': (612345678, "06 12 34 56 78"),
    "000\\ 000\\ 000\\ 00000": (5512345600012, "055 123 456 00012"),
}


def xlsx(code, *values):
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Date", "Numéro"])
    for value in values:
        book.active.append(["A", None, value])
        book.active.cell(book.active.max_row, 3).number_format = code
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(code, *values):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    for column, title in enumerate(["Nom", "Date", "Numéro"]):
        sheet.write(0, column, title)
    for row, value in enumerate(values, start=1):
        sheet.write(row, 0, "A")
        sheet.write(row, 2, value, xlwt.easyxf(num_format_str=code))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("code", "number", "text"), [(code, *both) for code, both in FORMATS.items()])
@pytest.mark.parametrize("made", [xlsx, xls])
def test_the_zeros_of_a_format_are_read(made, code, number, text):
    """cases 15, of its kind: the pupil number 0920001234, shown so, was read 920001234, another child's."""
    rows, _ = read(made(code, number, None))

    assert rows == [(2, {"Nom": "A", "Numéro": text}), (3, {"Nom": "A"})]


@pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0", "@"])
@pytest.mark.parametrize("made", [xlsx, xls])
def test_a_number_without_them_is_read_as_it_is(made, code):
    assert read(made(code, 920001234))[0] == [(2, {"Nom": "A", "Numéro": "920001234"})]


def test_beyond_fifteen_digits_no_format_shows_what_was_typed():
    """Excel rounded it before."""
    [(_, cells)] = read(xlsx("00000000000000000000", 71_000_000_012_345_678))[0]

    assert cells["Numéro"] == "7.10000E+16"


COMMENT = "<office:annotation><text:p>0123</text:p></office:annotation>"
DIGITS = (
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="10"/>'
    "</number:number-style>"
)
TEXT = "<text:p>0920001234</text:p>"


def sheet(inside):
    def text(said):
        return f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'

    number = (
        f'<table:table-cell office:value-type="float" office:value="920001234">{inside}</table:table-cell>'
    )
    rows = [map(text, ["Nom", "Date", "Numéro"]), [text("A"), "<table:table-cell/>", number]]
    lines = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return f'<table:table table:name="Liste">{lines}</table:table>'


@pytest.mark.parametrize("styles", [{"styles": DIGITS}, {"named_styles": DIGITS}], ids=["its own", "named"])
@pytest.mark.parametrize("inside", [TEXT, COMMENT + TEXT], ids=["alone", "beside a comment"])
def test_the_zeros_that_an_ods_shows(inside, styles):
    """cases 15, of its kind: LibreOffice says of a number how it is shown too."""
    assert read(odf(sheet(inside), **styles))[0] == [(2, {"Nom": "A", "Numéro": "0920001234"})]


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ('"E"0000', 12, "E0012"),
        ("[Red]00000", 12, "00012"),
        ("[$-40C]00000", 12, "00012"),
        ("00000;-00000", 12, "00012"),
        ("000-00", 12345, "123-45"),
        ("[<=99]000;0", 12, ""),
        ("00000", -12, ""),
        ("00000", 1.5, ""),
        ("dd/mm/yyyy", 41_000, ""),
        ("00:00", 1234, ""),
        ("00,000", 12, ""),
    ],
)
def test_what_a_format_shows(code, number, text):
    assert shown(code, number) == text
