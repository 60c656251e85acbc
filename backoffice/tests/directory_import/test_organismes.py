"""Organismes come in with their activities; the same file twice changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user
from backoffice.tests import exporting
from partners.models import Activity, DirectoryVersion, Offer, Partner
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind

from .directories import HEADINGS, JUDO, bring, outcome, plan

pytestmark = pytest.mark.django_db


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


def test_two_imports_at_once_make_one_of_each(at_once):
    make_commune("92002", "Antony")

    def bring_judo():
        bring(JUDO)

    assert at_once(bring_judo, bring_judo) == ["done", "done"]
    assert (Partner.objects.count(), Offer.objects.count(), Activity.objects.count()) == (1, 1, 1)


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


def test_a_telephone_has_its_zero_back():
    """cases 28: « 199001010 », a cell that a spreadsheet took for a number."""
    bring("Nom;Commune;Activités Sport;Téléphone\nJUDO CLUB;Antony;Judo;199001010")

    assert Partner.objects.get().phone == "01 99 00 10 10"
