"""Separators, and whom a broken line names."""

import pytest

from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, outcome, plan

from .broken import compare, lines

pytestmark = pytest.mark.django_db


def test_a_line_with_one_separator_too_many_is_refused():
    """cases 12: the postcode was « Bât B », the town the postcode, and nobody was told."""
    content = lines("G1301", "G1302")
    content[0] += ";Responsable 1 adresse;Responsable 1 code postal;Responsable 1 ville"
    content[1] += ";4 rue des Essais;Bât B;92330;SCEAUX"
    content[2] += ";4 rue des Essais;92330;SCEAUX;;"
    made = compare(content)

    [(row, told)] = made.refused
    assert (row, "il y a un ; de trop" in told) == (2, True)
    assert len(made.created) == 1


def test_a_postcode_is_five_digits():
    """cases 12: where the last cells are empty, the line is not too long."""
    made = plan(LINA | ANNE | {"Responsable 1 code postal": "Bât B"})

    assert [(row, "Bât B n’est pas un code postal" in note) for row, note in made.notes] == [(2, True)]
    assert made.created[0].guardians[0].postcode == ""


def test_the_separator_is_that_of_the_titles():
    """cases 19, admin.md 46: it was guessed by counting commas."""
    content = lines("G1301")
    content[0] += ";Responsable 1 adresse"
    content[1] += f";{','.join('ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ')}"

    assert sum(map(str.count, content, ",,")) > sum(map(str.count, content, ";;"))
    assert outcome(compare(content)) == [1, 0, 0, 0]


@pytest.mark.parametrize(
    "line",
    [
        'G1302;"MARTIN;Zoé',
        f"x;MARTIN;Zoé;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example;g1302",
        f"#N/A;MARTIN;Zoé Gbdac;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example",
        f"9,20E+08;Zoé Gbdac;MARTIN;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example",
        f"G1309;MARTIN;Léa;{BIRTH};6e;0920001X;Antony;G1302;Anne;a@famille.example",
        f"G1309;MARTIN;Léa;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example;;",
    ],
    ids=["quote", "too many", "by name", "by swapped name", "in a cell", "in no column"],
)
def test_nobody_is_struck_off_of_whom_the_file_speaks(enrolled, line, request):
    """admin.md 41, 42, cases 10: a child whose number, or name, is anywhere in a line that is not read."""
    content = lines("G1301", "G1302", "G1303", line_3=line)
    if "in no column" in request.node.name:
        content = [f"{told};Remarque" if place == 0 else told for place, told in enumerate(content)]
        content[2] = line.replace(";;", ";voir G1302;")
    made = compare(content, complete=True)

    # The control: G1304 is nowhere.
    assert made.besides == "1 désinscrit"
    assert (3, "Zoé Gbdac MARTIN (G1302) y est nommé sans être lu, et reste inscrit.") in made.notes


def test_the_columns_that_nobody_reads_are_named():
    """cases B, of its kind: « Mél des parents » was dropped, and the guardian had no address."""
    content = lines("G1301")
    content[0] += ";Mél des parents;;Portable de la mère"
    content[1] += ";anne@famille.example;;06 12 34 56 78"

    told = compare(content).of_the_file
    assert told == ["Colonnes qui ne sont pas lues\N{NO-BREAK SPACE}: Mél des parents, Portable de la mère."]
