"""What a spreadsheet writes that is no value."""

import pytest

from backoffice.tests.files.workbooks import workbook
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, plan

from .broken import SAID, compare

pytestmark = pytest.mark.django_db

ERRORS = [
    *("#N/A", "#REF!", "#VALEUR!", "#VALUE!", "#NOM?", "#NAME?", "#DIV/0!", "#NUL!", "#NULL!", "#NOMBRE!"),
    *("#NUM!", "#CALC!", "#####", "########", "Err:502"),
]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("column", ["Numéro d’élève", "Prénom", "Responsable 1 nom", "Responsable 1 ville"])
def test_an_error_of_a_spreadsheet_is_nobody_s_name(error, column):
    """cases 17: a child « #REF! », of the town « #VALEUR! »."""
    [(_, told)] = plan(LINA | ANNE | {column: error}).refused

    assert f"La case {column} dit {error}" in told


@pytest.mark.parametrize(
    "column",
    [
        *("Numéro d’élève", "UAI", "Code INSEE", "Code INSEE du collège"),
    ],
)
@pytest.mark.parametrize("number", ["7,10123E+10", "9.2E+08", "1E+09", "920000124,00", "1.5"])
def test_a_number_that_excel_rounded_identifies_nobody(column, number):
    """cases 15, admin.md 40: the next week's right file made the child anew, with a second grant."""
    [(_, told)] = plan(LINA | ANNE | {column: number}).refused

    assert "Excel a arrondi ce numéro. Mettez la colonne en Texte" in told


def test_a_dash_is_no_number():
    assert "Videz-la" in plan(LINA | ANNE | {"Numéro d’élève": "-"}).refused[0][1]


def test_spaces_in_a_number_are_left_out():
    [change] = plan(LINA | ANNE | {"Numéro d’élève": "920 000 123"}).created

    assert change.child.pupil_number == "920000123"


def test_the_same_in_a_workbook():
    """cases 15, 17: true error cells, and a number of which Excel kept fifteen digits."""
    cells = ["MARTIN", "Zoé", BIRTH, "6e", "0920001X", "Antony", "MARTIN", "Anne", "a@famille.example"]
    made = compare(
        workbook(
            SAID,
            ["#N/A", *cells],
            [71_000_000_012_345_678, *cells],
            ["G1301", "#REF!", *cells[1:]],
            [7_100_000_012, *cells],
        )
    )

    assert [row for row, _ in made.refused] == [2, 3, 4]
    assert "Excel a arrondi" in made.refused[1][1]
    assert [change.child.pupil_number for change in made.created] == ["7100000012"]


def test_a_postcode_is_no_commune():
    """admin.md 30, cases 24: 92330 as « Code INSEE »."""
    [(_, told)] = plan(LINA | ANNE | {"Code INSEE": "92330"}).refused

    assert "c’est le code postal de Sceaux, dont le code INSEE est 92071" in told
