"""What is like a known organisme or activity is shown, and never acted upon."""

from itertools import combinations

import pytest

from backoffice.tests.imports.importing import bring as bring_file
from backoffice.tests.imports.importing import choose, confirm, make_manager, work
from partners.models import Activity, Partner
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

from .directories import outcome, plan

pytestmark = pytest.mark.django_db

TITLES = "Nom;Commune;Téléphone;E-mail;Activités Sport;Activités Culture"


@pytest.fixture
def judo():
    partner = make_partner("JUDO CLUB D’ANTONY", phone="01 99 00 10 58", email="judo@club.example")
    make_offer("Judo", Kind.SPORT, partner=partner)
    return partner


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ANTONY JUDO CLUB;Antony;;;Judo;", "nom proche, même commune"),
        ("JUDO-CLUB ANTONY;Antony;;;Judo;", "nom proche, même commune"),
        ("DOJO DU PARC;Antony;0199001058;;Judo;", "même téléphone"),
        ("DOJO DU PARC;Antony;;JUDO@club.example;Judo;", "même adresse e-mail"),
    ],
)
def test_a_new_organisme_that_is_like_a_known_one(judo, line, why):
    """admin.md § 2, o4, o8: near doubles of a name, a club that was renamed: created, and nothing said."""
    made = plan(f"{TITLES}\n{line}")

    [(row, _, alike)] = made.likenesses
    assert (row, alike) == (2, f"ressemble à JUDO CLUB D’ANTONY\N{NO-BREAK SPACE}: {why}")
    assert outcome(f"{TITLES}\n{line}") == [1, 0, 0, 0]


def test_names_that_differ_by_their_number_are_two():
    lines = "\n".join(f"CLUB {number};Antony;;;Judo;" for number in range(30))

    assert plan(f"{TITLES}\n{lines}").likenesses == []


def test_another_club_of_the_town_is_not(judo):
    assert plan(f"{TITLES}\nTENNIS CLUB D’ANTONY;Antony;;;Tennis;").likenesses == []


def test_two_lines_of_the_file_are_compared_too(judo):
    made = plan(f"{TITLES}\nCLUB A;Antony;0199001099;;Judo;\nDOJO B;Antony;0199001099;;Judo;")

    assert [(row, "CLUB A (ligne 2)" in alike) for row, _, alike in made.likenesses] == [(3, True)]


def test_it_is_chosen_for_before_it_is_done(judo, client, enter):
    agent = make_manager()
    enter(agent)
    page = bring_file(client, f"{TITLES}\nANTONY JUDO CLUB;Antony;;;Judo;".encode()).request["PATH_INFO"]
    work()
    read = client.get(page).text
    assert "JUDO CLUB D’ANTONY" in read
    assert "01 99 00 10 58" in read
    confirm(client, page)
    assert Partner.objects.count() == 1

    choose(client, page, all="")
    confirm(client, page)
    work()

    assert Partner.objects.count() == 2


def test_one_that_is_the_same_is_not_created_nor_its_activities(judo, client, enter):
    enter(make_manager())
    page = bring_file(client, f"{TITLES}\nANTONY JUDO CLUB;Antony;;;Judo et karaté;".encode()).request[
        "PATH_INFO"
    ]
    work()
    choose(client, page, **{"choix-2": "leave"})
    confirm(client, page)
    work()

    assert Partner.objects.count() == 1
    assert not Activity.objects.filter(name="Judo et karaté").exists()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Judos", "Judos (est-ce Judo\N{NO-BREAK SPACE}?)"),
        ("judo et karaté", "judo et karaté (est-ce Judo\N{NO-BREAK SPACE}?)"),
        ("Escrime", "Escrime"),
    ],
)
def test_a_new_activity_stands_beside_its_nearest_one(judo, written, shown):
    """admin.md § 2, o3: « judo et karaté » was listed last under « Activités nouvelles »."""
    made = plan(f"{TITLES}\nCLUB DE SCEAUX;Antony;;;{written};")

    assert made.new_names == {"Activités nouvelles": [shown]}
    assert not Activity.objects.filter(name=written).exists()


def test_of_two_that_are_as_near_it_is_the_same_one_each_time():
    """What an agent read is compared with what is found the next day, by another process."""
    names = ["Aïkido", "Boxe", "Danse", "Escrime", "Golf", "Hockey", "Judo", "Lutte"]
    Activity.objects.bulk_create(Activity(name=name) for name in reversed(names))
    both = [f"{second} et {first}" for first, second in combinations(names, 2)]
    made = plan("\n".join([TITLES, *(f"CLUB {place};Antony;;;{name};" for place, name in enumerate(both))]))

    shown = [f"{name} (est-ce {name.rpartition(' ')[2]}\N{NO-BREAK SPACE}?)" for name in sorted(both)]
    assert made.new_names == {"Activités nouvelles": shown}


def test_an_activity_that_another_wallet_pays_is_noted(judo):
    """admin.md § 2, o3: Football as Culture."""
    notes = plan(f"{TITLES}\nMAISON DES ARTS;Antony;;;;Judo").notes

    assert notes == [(2, "Judo est en Sport partout ailleurs, et en Culture ici.")]
