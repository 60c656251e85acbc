"""Organismes come in with their activities; the same file twice changes nothing."""

import pytest

from partners.models import Activity, DirectoryVersion, Offer, Partner
from partners.tests.factories import make_offer, make_partner
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

    assert change.told == "site\N{NO-BREAK SPACE}: rien → https://judo.example/, Taïso (Culture)"
    assert change.edits == [("site", "", "https://judo.example/")]
    partner = Partner.objects.get()
    assert (partner.phone, partner.website) == ("0199001058", "https://judo.example/")
    assert partner.offers.count() == 2
