"""Sites, activities and telephones, as people write them."""

import pytest

from accounts.tests.factories import make_user
from backoffice.tests import exporting
from partners.models import Partner
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

from .directories import bring, outcome, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("site", ["www.judo.example", "https://www.judo.example"])
def test_a_site_as_people_write_it(site):
    bring(f"Nom;Commune;Activités Sport;Site\nCLUB;Antony;Judo;{site}")

    assert Partner.objects.get().website == "https://www.judo.example"


def test_what_is_exported_is_imported_without_a_change(client, enter):
    partner = make_partner("JUDO CLUB", phone="+33 1 99 00 10 58", accessible=True)
    make_offer("Judo", partner=partner, kind=Kind.SPORT)
    enter(make_user(is_staff=True, is_superuser=True))
    for kind in ("csv", "xlsx"):
        assert outcome(exporting.export(client, "partners_partner", kind)) == [0, 0, 1, 0]


@pytest.mark.parametrize(
    "activities",
    [
        ["Danse (classique, jazz)"],
        ["Danse (classique, jazz)", "Chant"],
        ["Arts, loisirs et jeux"],
        ["Arts, loisirs et jeux", "Théâtre ; improvisation"],
    ],
)
def test_an_activity_with_commas_comes_back_as_it_was(client, enter, activities):
    """cases 20: it became « Danse (classique » and « jazz) »."""
    partner = make_partner("ATELIER")
    for name in activities:
        make_offer(name, partner=partner)
    enter(make_user(is_staff=True, is_superuser=True))

    assert outcome(exporting.export(client, "partners_partner")) == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Judo, Karaté ; Aïkido", ["Aïkido", "Judo", "Karaté"]),
        ("Danse (classique, jazz), Chant", ["Chant", "Danse (classique, jazz)"]),
        ("Danse (classique, jazz) | Chant, chorale", ["Chant, chorale", "Danse (classique, jazz)"]),
    ],
)
def test_what_parts_two_activities(cell, names):
    """cases 20"""
    made = plan(f'Nom;Commune;Activités Culture\nATELIER;Antony;"{cell}"')

    assert made.new_names["Activités nouvelles"] == names


def test_activities_with_commas_in_a_file_with_semicolons():
    """cases 19, admin.md 46: « Il manque la colonne Nom, Commune », which were there."""
    lines = [f"CLUB {number};Antony;Judo, Karaté, Boxe, Lutte, Aïkido" for number in range(5)]

    assert outcome("\n".join(["Nom;Commune;Activités Sport", *lines])) == [5, 0, 0, 0]


def test_a_telephone_has_its_zero_back():
    """cases 28: « 199001010 », a cell that a spreadsheet took for a number."""
    bring("Nom;Commune;Activités Sport;Téléphone\nJUDO CLUB;Antony;Judo;199001010")

    assert Partner.objects.get().phone == "01 99 00 10 10"
