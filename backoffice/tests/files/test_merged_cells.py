"""Cells that are merged: what stands beside each line is read for it."""

import io

import openpyxl
import pytest
import xlwt

from core.spreadsheet_files.headings import Titles
from core.spreadsheet_files.reading import opened

from .workbooks import odf

TITLES = ["Numéro", "Nom", "Commune", "Remarque"]


def xlsx(rows, *ranges):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for top, left, bottom, right in ranges:
        book.active.merge_cells(None, top, left, bottom, right)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(rows, *ranges):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    first = {(top, left): (bottom, right) for top, left, bottom, right in ranges}
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if (place, column) in first:
                bottom, right = first[place, column]
                sheet.write_merge(place - 1, bottom - 1, column - 1, right - 1, value)
            elif value is not None:
                sheet.write(place - 1, column - 1, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows, *ranges):
    first = {(top, left): (bottom, right) for top, left, bottom, right in ranges}

    def cell(place, column, value):
        span = ""
        if (place, column) in first:
            bottom, right = first[place, column]
            span = f' table:number-rows-spanned="{bottom - place + 1}"'
            span += f' table:number-columns-spanned="{right - column + 1}"'
        kind = "table-cell" if value is not None else "covered-table-cell"
        text = f' office:value-type="string"><text:p>{value}</text:p>' if value is not None else ">"
        return f"<table:{kind}{span}{text}</table:{kind}>"

    lines = "".join(
        "<table:table-row>"
        + "".join(cell(place, column, value) for column, value in enumerate(row, start=1))
        + "</table:table-row>"
        for place, row in enumerate(rows, start=1)
    )
    return odf(f'<table:table table:name="Liste">{lines}</table:table>')


every_format = pytest.mark.parametrize("made", [xlsx, xls, ods])


def read(content):
    with opened(content, Titles(TITLES[:3], frozenset({"Numéro"}))) as reading:
        rows = [(row.number, dict(row.cells), row.fault) for row in reading]
        return rows, " ".join(reading.told()).replace("\N{NO-BREAK SPACE}", " ")


@every_format
def test_one_commune_for_three_lines(made):
    """The lower lines had none, and were refused for it."""
    lines = [
        ["1", "A", "Antony", None],
        ["2", "B", None, None],
        ["3", "C", None, None],
        ["4", "D", None, None],
    ]
    rows, told = read(made([TITLES, *lines], (2, 3, 4, 3)))

    assert [cells.get("Commune") for _, cells, _ in rows] == ["Antony", "Antony", "Antony", None]
    assert "Des cases fusionnées sont lues aussi pour les lignes qu’elles couvrent : lignes 3, 4." in told


@every_format
def test_one_cell_for_two_columns_is_refused(made):
    """« MARTIN Zoé » in the column of the last name is nobody's last name."""
    rows, _ = read(made([TITLES, ["1", "MARTIN Zoé", None, None], ["2", "B", "Antony", None]], (2, 2, 2, 3)))

    assert [(number, "fusionnées" in fault) for number, _, fault in rows] == [(2, True), (3, False)]


@every_format
def test_beside_a_column_that_nobody_reads(made):
    """So whoever drew the sheet made a column wider."""
    rows, _ = read(made([TITLES, ["1", "A", "Antony", None], ["2", "B", "Sceaux", None]], (2, 3, 2, 4)))

    assert [(cells["Commune"], fault) for _, cells, fault in rows] == [("Antony", ""), ("Sceaux", "")]


@every_format
def test_titles_that_are_merged_are_no_line_of_the_list(made):
    """On two lines, and under one title that covers them all."""
    above = [["Rentrée", None, None, None], TITLES, [None, None, "de résidence", None]]
    ranges = [(1, 1, 1, 4), (2, 1, 3, 1), (2, 2, 3, 2)]
    rows, told = read(made([*above, ["1", "A", "Antony", "x"]], *ranges))

    assert (4, {"Numéro": "1", "Nom": "A", "Commune": "Antony"}, "") in rows
    assert "Numéro" not in rows[0][1].values()
    assert "fusionnées" not in told


@every_format
def test_a_line_that_is_covered_from_one_end_to_the_other_is_none(made):
    """Each child stands on two lines of the sheet."""
    lines = [["1", "A", "Antony", None], [None, None, None, None]]
    rows, told = read(made([TITLES, *lines], (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3)))

    assert [number for number, _, _ in rows] == [2]
    assert "fusionnées" not in told
