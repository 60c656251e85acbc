"""A separator too many, or too few, in the middle of a line moves every cell that follows."""

import pytest

from backoffice.imports.roster.importer import Roster
from backoffice.tests.directory_import.directories import plan as directory_plan
from backoffice.tests.roster.rosters import BIRTH, COMMUNES
from partners.tests.factories import make_commune

pytestmark = pytest.mark.django_db

TITLES = [
    *("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI", "Commune"),
    *(f"Responsable 1 {column}" for column in ("nom", "prénom", "e-mail", "adresse", "code postal", "ville")),
    *(f"Responsable 2 {column}" for column in ("nom", "prénom", "e-mail")),
]
# Of the line that is spoiled in each test, in the middle of five.
SPOILED = 4


def line(number, sign=";", second=("", "", "")):
    child = [f"E000{number}", "MARTIN", f"Zoé {'ABCDEFGHI'[number]}", str(BIRTH), "6e", "0920001X", "Antony"]
    address = ["4 rue des Essais", "92330", "SCEAUX"]
    return sign.join([*child, "MARTIN", "Anne", f"a{number}@famille.example", *address, *second])


def lines(sign=";"):
    return [sign.join(TITLES), *(line(number, sign) for number in range(1, 6))]


def plan(content):
    return Roster(COMMUNES, complete=False).plan("\n".join(content).encode, lambda done, rows: None)


def names(made):
    return {guardian.last_name for change in made.created for guardian in change.guardians}


def told(made):
    return [(row, why.replace("\N{NO-BREAK SPACE}", " ")) for row, why in made.refused]


@pytest.mark.parametrize("after", range(1, 16))
@pytest.mark.parametrize(
    ("sign", "said"), [(";", "un ;"), (",", "une virgule"), ("\t", "une tabulation")], ids=["; ", ", ", "tab"]
)
def test_one_too_many_wherever_it_is(after, sign, said):
    """cases 12, of its kind: the last cells are empty, so nothing stands beyond the titles, and a guardian
    « SCEAUX » was created of the town."""
    content = lines(sign)
    cells = content[SPOILED - 1].split(sign)
    content[SPOILED - 1] = sign.join([*cells[:after], "", *cells[after:]])
    made = plan(content)

    [(row, why)] = told(made)
    assert (row, f"il y a {said} de trop" in why) == (SPOILED, True), why
    assert names(made) == {"MARTIN"}
    assert len(made.created) == 4


@pytest.mark.parametrize("after", range(1, 13))
def test_one_too_few_wherever_it_is(after):
    """cases 12, of its kind: every cell is one column too far to the left."""
    content = lines()
    cells = content[SPOILED - 1].split(";")
    content[SPOILED - 1] = ";".join(
        [*cells[: after - 1], f"{cells[after - 1]} {cells[after]}", *cells[after + 1 :]]
    )
    made = plan(content)

    noted = [note for row, note in made.notes if row == SPOILED]
    [why] = [why for row, why in told(made) if row == SPOILED] or noted
    assert "il manque sans doute un ;" in why.replace("\N{NO-BREAK SPACE}", " ")
    # The town and the name that follows it, both of which may be anything, are told of and done.
    assert bool(noted) == (after == 13)


def test_a_line_that_leaves_out_its_last_cells_is_read_and_noted():
    """Nothing says whether a separator is missing: its cells fit."""
    content = lines()
    content[SPOILED - 1] = content[SPOILED - 1].removesuffix(";;;")
    made = plan(content)

    assert (len(made.created), made.refused) == (5, [])
    assert [row for row, note in made.notes if "moins de cases que les autres" in note] == [SPOILED]


@pytest.mark.parametrize("titled", [True, False], ids=["the titles too", "but the titles"])
def test_all_lines_carry_the_same_empty_cells(titled):
    """The spreadsheet once had more columns."""
    first, *rest = lines()
    made = plan([f"{first};;" if titled else first, *(f"{each};;" for each in rest)])

    assert (len(made.created), made.refused, made.notes) == (5, [], [])


def test_several_lines_are_told_each():
    """Where most have exactly as many cells as there are titles."""
    content = lines()
    for place in (1, 3):
        content[place] = content[place].replace(";SCEAUX", ";;SCEAUX")
    made = plan(content)

    assert [(row, "un ; de trop" in why) for row, why in told(made)] == [(2, True), (4, True)]


def test_then_one_more_is_too_many_all_the_same():
    first, *rest = (f"{each};;" for each in lines())
    rest[SPOILED - 2] = rest[SPOILED - 2].replace(";SCEAUX", ";;SCEAUX")
    made = plan([first, *rest])

    assert [row for row, _ in made.refused] == [SPOILED]
    assert names(made) == {"MARTIN"}


def test_a_program_that_leaves_out_empty_cells_at_the_end():
    """Then no length says anything."""
    first, *rest = lines()
    short = [each.removesuffix(";;;") for each in rest[:3]]
    made = plan(
        [first, *short, *(line(number, second=("DURAND", "Luc", "l@x.example")) for number in (6, 7))]
    )

    assert (len(made.created), made.refused, made.notes) == (5, [], [])


def test_the_only_line_of_a_file():
    """No other line tells: a cell that does not fit its column does."""
    content = lines()[:2]
    content[1] = content[1].replace(";Anne;", ";Anne;;")
    [(row, why)] = told(plan(content))

    assert (row, "il y a sans doute un ; de trop" in why, "code postal" in why) == (2, True, True)


def test_what_is_wrong_with_a_line_of_the_right_length_is_said_alone():
    content = lines()
    content[SPOILED - 1] = content[SPOILED - 1].replace(";6e;", ";CM2;")
    [(_, why)] = told(plan(content))

    assert why.startswith("Le niveau CM2")


def test_the_same_of_a_list_of_organismes():
    """Every importer reads its file so."""
    make_commune("92002", "Antony")
    clubs = [f"CLUB {letter};4 rue des Essais;92160;Antony;;Judo;" for letter in "ABCDE"]
    clubs[2] = "CLUB C;4 rue des Essais;;92160;Antony;;Judo;"
    head = "Nom;Adresse;Code postal;Commune;Téléphone;Activités Sport;Activités Culture"
    made = directory_plan("\n".join([head, *clubs]).encode())

    assert [(row, "un ; de trop" in why) for row, why in told(made)] == [(4, True)]
