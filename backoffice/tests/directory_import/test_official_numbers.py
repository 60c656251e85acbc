"""An organisme is recognised by its SIRET, then its RNA number, then its name and commune."""

import pytest

from backoffice.tests.exporting import export
from partners.models import Partner
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

from .directories import bring, outcome, plan

pytestmark = pytest.mark.django_db

TITLES = "Nom;SIRET;RNA;Commune;Activités Sport"
SIRET, OTHER, RNA = "73282932000074", "55208131700018", "W922001234"


@pytest.fixture
def club():
    partner = make_partner("JUDO CLUB", siret=SIRET, rna=RNA)
    make_offer("Judo", Kind.SPORT, partner=partner)
    return partner


def changed(line):
    [change] = plan(f"{TITLES}\n{line}").changed
    return change.told


@pytest.mark.parametrize("numbers", [f"{SIRET};", "732 829 320 00074;", f";{RNA}", ";w922 001 234"])
def test_a_club_that_took_another_name_is_the_same(club, numbers):
    """admin.md 26 and § 2, o8: a club that changes name came in as a second one."""
    line = f"DOJO D’ANTONY;{numbers};Antony;Judo"

    assert changed(line) == "nom\N{NO-BREAK SPACE}: JUDO CLUB → DOJO D’ANTONY"
    bring(f"{TITLES}\n{line}")
    club.refresh_from_db()
    assert club.name == "DOJO D’ANTONY"
    assert Partner.objects.count() == 1


def test_another_spelling_is_no_other_name(club):
    assert outcome(f"{TITLES}\nJudo-Club;{SIRET};;Antony;Judo") == [0, 0, 1, 0]


def test_one_that_moved_is_the_same(club):
    assert changed(f"JUDO CLUB;{SIRET};;Sceaux;Judo") == "commune\N{NO-BREAK SPACE}: Antony → Sceaux"


def test_the_numbers_come_to_who_was_known_by_name():
    make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO CLUB"))
    bring(f"{TITLES}\njudo club;732 829 320 00074;w922001234;ANTONY;Judo")

    partner = Partner.objects.get()
    assert (partner.name, partner.siret, partner.rna) == ("JUDO CLUB", SIRET, RNA)


@pytest.mark.parametrize("numbers", [f"{OTHER};", ";W922009999"])
def test_the_same_name_with_another_number_is_like_it_and_never_written_over(club, numbers):
    line = f"{TITLES}\nJUDO CLUB;{numbers};Antony;Judo"

    [(_, _, alike)] = plan(line).likenesses
    assert alike == ("ressemble à JUDO CLUB\N{NO-BREAK SPACE}: même nom, même commune, autre SIRET ou RNA")
    bring(line)
    club.refresh_from_db()
    assert (club.siret, club.rna) == (SIRET, RNA)
    assert Partner.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("A;73282932000075;;Antony;Judo", "un chiffre est faux"),
        ("A;7,32829E+13;;Antony;Judo", "Excel a arrondi ce numéro"),
        ("A;732829320;;Antony;Judo", "c’est un SIREN"),
        ("A;;922001234;Antony;Judo", "n’est pas un numéro RNA"),
        (f"A;{OTHER};{RNA};Antony;Judo", "dont le SIRET est 732 829 320 00074"),
    ],
)
def test_a_number_that_is_none_or_another_s_is_refused(club, line, why):
    [(row, reason)] = plan(f"{TITLES}\n{line}").refused

    assert row == 2
    assert why in reason


def test_two_numbers_of_two_organismes(club):
    make_partner("DOJO", siret=OTHER)
    [(_, reason)] = plan(f"{TITLES}\nJUDO CLUB;{OTHER};{RNA};Antony;Judo").refused

    assert reason == "Le SIRET est celui de DOJO, Antony, et le RNA celui de JUDO CLUB, Antony."


def test_two_of_one_name_are_told_apart_by_their_number_alone(club):
    make_offer("Judo", Kind.SPORT, partner=make_partner("Judo club", siret=OTHER))

    assert outcome(f"{TITLES}\nJUDO CLUB;{OTHER};;Antony;Judo") == [0, 0, 1, 0]
    [(_, reason)] = plan(f"{TITLES}\nJUDO CLUB;;;Antony;Judo").refused
    assert reason.startswith("2 organismes s’appellent ainsi à Antony")


def test_who_takes_the_name_of_another_is_noted(club):
    make_partner("DOJO D’ANTONY")
    notes = plan(f"{TITLES}\nDojo d'Antony;{SIRET};;Antony;Judo").notes

    assert notes == [
        (2, "Un autre organisme d’Antony s’appelle déjà Dojo d'Antony. Est-ce le même\N{NO-BREAK SPACE}?")
    ]


@pytest.mark.parametrize(
    ("second", "refused"),
    [
        (f"AUTRE NOM;{SIRET};;Antony;Judo", 1),
        (f"AUTRE NOM;;{RNA};Antony;Judo", 1),
        ("JUDO CLUB;;;Antony;Judo", 1),
        (f"JUDO CLUB;{OTHER};;Antony;Judo", 0),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_the_same_organisme_on_two_lines(second, refused, is_known, request):
    if is_known:
        request.getfixturevalue("club")
    made = plan(f"{TITLES}\nJUDO CLUB;{SIRET};{RNA};Antony;Judo\n{second}")

    assert len(made.refused) == refused


def test_other_titles(club):
    text = f"Nom;N° SIRET;Numéro WALDEC;Commune;Activités Sport\nDOJO;{SIRET};{RNA};Antony;Judo"

    assert outcome(text) == [0, 1, 0, 0]


def test_what_is_exported_comes_back_unchanged(club, agent, client):
    """As a spreadsheet leaves it: of fourteen digits alone it would make 7,32829E+13."""
    content = export(client, "partners_partner")

    assert "732 829 320 00074;W922001234" in content.decode()
    assert outcome(content) == [0, 0, 1, 0]
