"""A quote that is never closed swallows no other line."""

import pytest

from backoffice.tests.roster.rosters import BIRTH

from .broken import compare, lines

pytestmark = pytest.mark.django_db


def test_a_quote_that_is_never_closed_swallows_no_line(enrolled):
    """admin.md 42, cases 10: two lines were inside a guardian's first name, and their children dropped."""
    unclosed = f'G1302;MARTIN;Zoé Gbdac;{BIRTH};6e;0920001X;Antony;MARTIN;"Anne;g2@famille.example'
    made = compare(lines("G1301", "G1302", "G1303", "G1304", line_3=unclosed), complete=True)

    [(row, told)] = made.refused
    assert (row, "guillemet n’est pas fermé" in told) == (3, True)
    assert (len(made.changes) + made.unchanged, made.besides) == (3, "")


def test_nor_where_another_line_closes_it(enrolled):
    """cases 10: an address begins with a quote, that of three lines below has one in its middle."""
    content = lines("G1301", "G1302", "G1303", "G1304")
    content[1] += ';"Les Tilleuls 4 rue des Essais'
    content[4] += ';9 allée "des Pins"'
    content[0] += ";Responsable 1 adresse"
    made = compare(content, complete=True)

    assert [row for row, _ in made.refused] == [2, 5]
    assert "au milieu d’une case" in made.refused[1][1]
    assert made.besides == ""


def test_a_cell_on_several_lines_is_refused_by_its_line():
    content = lines("G1301", "G1302")
    content[1] = content[1].replace("Anne", '"Anne\nMarie"')
    made = compare(content)

    assert [row for row, _ in made.refused] == [2, 3]
    assert [change.row for change in made.created] == [4]


def test_cells_that_are_well_quoted_are_read():
    content = lines("G1301")
    content[0] += ";Responsable 1 adresse"
    content[1] += ';"4 rue ""du Bac""; Bât. B"'
    [person] = compare(content).created[0].guardians

    assert person.address == '4 rue "du Bac"; Bât. B'
