"""A file that is broken is refused by its lines, and no child is lost to it."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from accounts.tests.factories import make_beneficiary
from backoffice.imports.roster.importer import Roster
from backoffice.imports.spreadsheets import reading, xlsx_file
from backoffice.imports.spreadsheets.decoding import decoded, was_decoded_wrong
from backoffice.imports.spreadsheets.rows import NotReadable

from .test_roster import ANNE, BIRTH, COMMUNES, LINA, outcome, plan

pytestmark = pytest.mark.django_db

SHORT = ("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI", "Commune")
SAID = [*SHORT, *(f"Responsable 1 {column}" for column in ("nom", "prénom", "e-mail"))]


def lines(*numbers, **changed):
    """Lines of a file, each the cells of a child; `line_3` says what stands in its third line instead."""
    rest = f"{BIRTH};6e;0920001X;Antony;MARTIN;Anne"
    said = [f"{number};MARTIN;Zoé {number};{rest};{number}@famille.example" for number in numbers]
    made = [";".join(SAID), *said]
    for place, line in changed.items():
        made[int(place.removeprefix("line_")) - 1] = line
    return made


def compare(content, *, complete=False):
    content = content if isinstance(content, bytes) else "\n".join(content).encode()
    return Roster(COMMUNES, complete=complete).plan(content, lambda done, rows: None)


@pytest.fixture(autouse=True)
def college():
    """That of every line."""
    make_beneficiary(pupil_number="AUTRE000", is_enrolled=False)


@pytest.fixture
def enrolled():
    return [
        make_beneficiary(
            pupil_number=number, first_name=f"Zoé {number}", last_name="MARTIN", birth_year=BIRTH
        )
        for number in ("G1301", "G1302", "G1303", "G1304")
    ]


# --- Quotes and separators --------------------------------------------------------------------


def test_a_quote_that_is_never_closed_swallows_no_line(enrolled):
    """admin.md 42, cases 10: two lines were inside a guardian's first name, and their children dropped."""
    unclosed = f'G1302;MARTIN;Zoé G1302;{BIRTH};6e;0920001X;Antony;MARTIN;"Anne;g2@famille.example'
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
    content[1] = content[1].replace("MARTIN", '"MARTIN; dite ""LINA"""', 1)

    assert compare(content).created[0].child.last_name == 'MARTIN; dite "LINA"'


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
    [(_, told)] = plan(LINA | ANNE | {"Responsable 1 code postal": "Bât B"}).refused

    assert "n’est pas un code postal" in told


def test_the_separator_is_that_of_the_titles():
    """cases 19, admin.md 46: it was guessed by counting commas."""
    content = lines("G1301")
    content[0] += ";Responsable 1 adresse"
    content[1] += f";{', '.join(['4 rue des Essais'] * 20)}"[:140]

    assert outcome(compare(content))[0] == 0  # the address is too long
    assert "adresse" in compare(content).refused[0][1]


# --- Whole lists ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        'G1302;"MARTIN;Zoé',
        f"x;MARTIN;Zoé;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example;g1302",
        f"#N/A;MARTIN;Zoé G1302;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example",
        f"9,20E+08;Zoé G1302;MARTIN;{BIRTH};6e;0920001X;Antony;MARTIN;Anne;a@famille.example",
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
    assert (3, "Zoé G1302 MARTIN (G1302) y est nommé sans être lu, et reste inscrit.") in made.notes


# --- What a spreadsheet spoiled ---------------------------------------------------------------

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
        *("Responsable 1 téléphone", "Responsable 2 code postal"),
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


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


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

    assert "Est-ce un code postal" in told


# --- Accents ----------------------------------------------------------------------------------

NAMES = "Hélène LEFÈVRE, Zoé GÉRÔME, Loïc d’Ormesson, François, Åse Sjöström"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_what_is_what_it_seems_is_read(encoding):
    """cases 13, admin.md 44: « HŽl�ne LEFéVRE » was created."""
    assert decoded(NAMES.encode(encoding)) == NAMES


def test_as_msdos_wrote():
    assert decoded("Hélène, Zoé, Loïc".encode("cp850")) == "Hélène, Zoé, Loïc"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("ZoÃ© GÃ‰RÔME".encode("cp1252"), id="one inside the other"),
        pytest.param("Zoé".encode() + b"\nL\xe9a", id="two encodings"),
        pytest.param("LEFÈVRE".encode("mac_roman"), id="nobody can say"),
        pytest.param(b"L\x81\x8d\x9da", id="none"),
    ],
)
def test_accents_that_nobody_can_read_refuse_the_file(content):
    """cases 13, admin.md 44"""
    content = content if b"\n" in content else b"\n" + content
    with pytest.raises(NotReadable, match=r"à partir de la ligne 2.*CSV UTF-8"):
        compare("\n".join(lines("G1301")).encode().splitlines()[0].replace("é".encode(), b"e") + content)


@pytest.mark.parametrize("broken", ["ZoÃ©", "GÃ‰RÔME", "L�a", "L\x8ea", "HŽlˇne‚x", "Zo√©", "dâ€™Or", "Zo├®"])
def test_a_cell_that_was_decoded_wrong_before_is_refused_by_its_line(broken):
    """cases 13, admin.md 44: in a file that is UTF-8 by now."""
    [(row, told)] = plan(LINA | ANNE | {"Prénom": broken}, LINA | {"Numéro d’élève": "E0002"} | ANNE).refused

    assert (row, "accents de la case Prénom" in told) == (2, True)


@pytest.mark.parametrize(
    "name", ["SÃO JOÃO", "CONCEIÇÃO", "Ângela", "Žana ŠARIĆ", "Łucja", "O’BRIEN", "Ødegård"]
)
def test_a_name_from_elsewhere_is_none(name):
    assert not was_decoded_wrong(name)


def test_letters_and_accents_apart_are_one_letter():
    """cases 36: from a Mac."""
    bring = plan(LINA | ANNE | {"Prénom": "Zoe\N{COMBINING ACUTE ACCENT}"}).created

    assert bring[0].child.first_name == "Zoé"


# --- Files that kill their reader -------------------------------------------------------------


def rezipped(content, **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(Path(name).stem, old.read(name)))
        for name in set(parts) - {Path(name).stem for name in old.namelist()}:
            new.writestr(f"xl/{name}.xml", parts[name])
    return file.getvalue()


@pytest.mark.parametrize(
    "texts",
    [b"x" * 100_000_001, b"<si><t>a</t></si>" * 2_000_001],
    ids=["large", "many"],
)
def test_texts_beyond_measure_are_not_unpacked(monkeypatch, texts):
    """security.md F17, admin.md 47: 390 MB of texts in 950 KB, 9 million short ones in 23 MB."""
    monkeypatch.setattr(xlsx_file, "load_workbook", None)
    with pytest.raises(NotReadable, match="démesuré"):
        compare(rezipped(workbook(SAID), sharedStrings=texts))


def test_lines_that_reach_the_last_column_are_not_read_for_ever(monkeypatch):
    """security.md F17: 3,000 of them took three seconds, a million are allowed."""
    monkeypatch.setattr(xlsx_file, "MOST_CELLS", 100_000)
    book = openpyxl.Workbook()
    book.active.append(SAID)
    for row in range(2, 20):
        book.active.cell(row, 16_384, "x")
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(NotReadable, match="nombre démesuré de cases"):
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
