"""Organismes come from a spreadsheet: what would change is shown, then done once."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.imports.spreadsheets.cells import read_date
from backoffice.imports.spreadsheets.rows import NotReadable
from partners.models import Activity, DirectoryVersion, Offer, Partner
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind

from . import exporting

pytestmark = pytest.mark.django_db
HEADINGS = "Nom;Commune;Activités Sport;Activités Culture"
JUDO = f"{HEADINGS}\nJUDO CLUB;Antony;Judo;"


@pytest.fixture(autouse=True)
def communes():
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


def plan(content):
    content = content if isinstance(content, bytes) else content.encode()
    return DirectoryImporter().plan(content, lambda done, rows: None)


@transaction.atomic
def bring(content):
    content = content if isinstance(content, bytes) else content.encode()
    return DirectoryImporter().apply(content, lambda done, rows: None)


def outcome(content):
    made = plan(content)
    return [len(made.created), len(made.changed), made.unchanged, len(made.refused)]


def xlsx(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_an_organisme_is_created_with_its_offers_and_the_directory_knows():
    version = DirectoryVersion.objects.values_list("token", flat=True).first()
    bring(f"{HEADINGS}\nSTUDIO;Sceaux;Danse | Yoga;Danse")

    partner = Partner.objects.get()
    assert (partner.name, partner.commune_id) == ("STUDIO", "92071")
    assert set(partner.offers.values_list("activity__name", "kind")) == {
        ("Danse", Kind.SPORT),
        ("Yoga", Kind.SPORT),
        ("Danse", Kind.CULTURE),
    }
    assert DirectoryVersion.objects.values_list("token", flat=True).first() != version


def test_the_plan_writes_nothing():
    assert outcome(JUDO) == [1, 0, 0, 0]
    assert Partner.objects.count() == Activity.objects.count() == 0


def test_the_same_file_twice_changes_nothing():
    bring(JUDO)

    assert outcome(JUDO) == [0, 0, 1, 0]
    bring(JUDO)
    assert (Partner.objects.count(), Offer.objects.count()) == (1, 1)


def test_known_by_its_name_in_any_writing_and_its_commune():
    make_offer("Judo", partner=make_partner("Judo-Club d’Antony"), kind=Kind.SPORT)

    assert outcome(f"{HEADINGS}\njudo club d'antony;ANTONY;JUDO;") == [0, 0, 1, 0]
    assert outcome(f"{HEADINGS}\njudo club d'antony;Sceaux;Judo;") == [1, 0, 0, 0]


def test_one_letter_or_two():
    bring(f"{HEADINGS}\nCHŒUR D’ANTONY;Antony;;Chant")

    assert outcome(f"{HEADINGS}\nCHOEUR D'ANTONY;Antony;;Chant") == [0, 0, 1, 0]


def test_what_differs_is_named_and_an_empty_cell_says_nothing():
    make_offer("Judo", partner=make_partner("JUDO CLUB", phone="0199001058"), kind=Kind.SPORT)
    text = "Nom;Commune;Téléphone;Site;Activités Culture\nJUDO CLUB;Antony;;https://judo.example/;Taïso"

    [change] = plan(text).changed
    bring(text)

    assert change.fields == ["site\N{NO-BREAK SPACE}: rien → https://judo.example/", "Taïso (Culture)"]
    partner = Partner.objects.get()
    assert (partner.phone, partner.website) == ("0199001058", "https://judo.example/")
    assert partner.offers.count() == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Antony;Judo;", "pas de nom"),
        ("CLUB;Atlantis;Judo;", "Atlantis"),
        ("CLUB;;Judo;", "vide"),
        ("CLUB;Antony;;", "aucune activité"),
        ("=1+1;Antony;Judo;", "formule"),
        ("CLUB;Antony;=cmd();", "formule"),
        (f"CLUB;Antony;{'x' * 81};", "trop longue"),
        (f"{'x' * 121};Antony;Judo;", "Nom\N{NO-BREAK SPACE}: "),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_number(line, reason):
    made = plan(f"{HEADINGS}\n{line}\nJUDO CLUB;Antony;Judo;")

    [(number, said)] = made.refused
    assert number == 2
    assert reason in said
    assert [change.partner.name for change in made.created] == ["JUDO CLUB"]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("E-mail", "pas une adresse", "Adresse e-mail\N{NO-BREAK SPACE}: "),
        ("Site", "pas un site", "Site\N{NO-BREAK SPACE}: "),
        ("Handicap", "peut-être", "au lieu de oui ou non"),
        ("Affilié depuis le", "l’an dernier", "n’est pas une date"),
        ("Affilié jusqu’au", "01/01/2001", "finit avant de commencer"),
    ],
)
def test_a_cell_that_cannot_be(column, cell, reason):
    text = f"Nom;Commune;Activités Sport;{column}\nCLUB;Antony;Judo;{cell}"

    [(_, said)] = plan(text).refused
    assert reason in said


@pytest.mark.parametrize("site", ["www.judo.example", "https://www.judo.example"])
def test_a_site_as_people_write_it(site):
    bring(f"Nom;Commune;Activités Sport;Site\nCLUB;Antony;Judo;{site}")

    assert Partner.objects.get().website == "https://www.judo.example"


def test_twice_in_one_file():
    [(number, said)] = plan(f"{JUDO}\nJudo club;antony;Karaté;").refused

    assert (number, "ligne 2" in said) == (3, True)


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


def test_what_is_exported_is_imported_without_a_change(client, enter):
    partner = make_partner("JUDO CLUB", phone="+33 1 99 00 10 58", accessible=True)
    make_offer("Judo", partner=partner, kind=Kind.SPORT)
    enter(make_user(is_staff=True, is_superuser=True))
    for kind in ("csv", "xlsx"):
        assert outcome(exporting.export(client, "partners_partner", kind)) == [0, 0, 1, 0]


def test_two_imports_at_once_make_one_of_each(at_once):
    make_commune("92002", "Antony")

    def bring_judo():
        bring(JUDO)

    assert at_once(bring_judo, bring_judo) == ["done", "done"]
    assert (Partner.objects.count(), Offer.objects.count(), Activity.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Téléphone", "1,99E+08", "Excel a arrondi"),
        ("Code postal", "92160,00", "Excel a arrondi"),
        ("Code INSEE", "9,2E+04", "Excel a arrondi"),
        ("Code postal", "Bât B", "n’est pas un code postal"),
        ("Adresse", "#REF!", "erreur du tableur"),
        ("E-mail", "#N/A", "erreur du tableur"),
        ("Adresse", "ZoÃ©", "accents de la case Adresse"),
        ("Adresse", 'rue "du Bac', "guillemet"),
        ("Adresse", "4 rue;Bât B", "il y a un ; de trop"),
    ],
)
def test_what_a_spreadsheet_spoiled_is_refused_by_its_line(column, cell, reason):
    """cases 10, 12, 13, 15, 17: in both importers."""
    text = f"Nom;Commune;Activités Sport;{column}\nCLUB;Antony;Judo;{cell}\nAUTRE;Antony;Judo;"

    made = plan(text)
    [(row, said)] = made.refused
    assert (row, reason in said) == (2, True)
    assert len(made.created) == 1


def test_activities_with_commas_in_a_file_with_semicolons():
    """cases 19, admin.md 46: « Il manque la colonne Nom, Commune », which were there."""
    lines = [f"CLUB {number};Antony;Judo, Karaté, Boxe, Lutte, Aïkido" for number in range(5)]

    assert outcome("\n".join(["Nom;Commune;Activités Sport", *lines])) == [5, 0, 0, 0]


def many(count, phone):
    lines = [f"CLUB {number};Antony;Judo;{phone}" for number in range(count)]
    return "\n".join(["Nom;Commune;Activités Sport;Téléphone", *lines])


def test_the_database_is_asked_the_same_for_two_lines_and_for_fifty(django_assert_num_queries):
    """code.md 3.16: three SELECTs a line to compare, nine statements a line to write."""
    for count in (2, 50):
        with django_assert_num_queries(4):
            plan(many(count, "0199001058"))
    bring(many(1, "0199001058"))
    statements = []
    for phone, count in (("0199001059", 2), ("0199001060", 50)):
        with CaptureQueriesContext(connection) as asked:
            bring(many(count, phone))
        statements.append(len(asked))
    assert statements[0] == statements[1] < 20
    assert {*Partner.objects.values_list("phone", flat=True)} == {"01 99 00 10 60"}
    assert Offer.objects.count() == 50


def test_a_code_that_is_no_commune_is_refused():
    """admin.md 30, cases 24: the line was done by its name, the code forgotten."""
    [(_, told)] = plan("Nom;Commune;Code INSEE;Activités Sport\nCLUB;Antony;92330;Judo").refused

    assert "92330 n’est le code INSEE d’aucune commune" in told


def test_a_telephone_has_its_zero_back():
    """cases 28: « 199001010 », a cell that a spreadsheet took for a number."""
    bring("Nom;Commune;Activités Sport;Téléphone\nJUDO CLUB;Antony;Judo;199001010")

    assert Partner.objects.get().phone == "01 99 00 10 10"


@pytest.mark.parametrize("written", ["non communiqué", "01 99 00 10 10 / 06 12 34 56 78"])
def test_what_is_no_telephone_is_left_out_and_noted(written):
    """cases 28: `tel:noncommuniqué` in public, or an organisme refused."""
    done = bring(f"Nom;Commune;Activités Sport;Téléphone\nJUDO CLUB;Antony;Judo;{written}")

    assert Partner.objects.get().phone == ""
    assert done.notes == [(2, f"{written} n’est pas un téléphone\N{NO-BREAK SPACE}: laissé de côté.")]
