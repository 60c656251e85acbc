"""What the database itself refuses."""

import datetime as dt

import pytest
from django.db.models import Value

from partners.models import Activity, Offer, Partner
from partners.tests.factories import make_offer, make_partner

pytestmark = pytest.mark.django_db


def test_two_activities_of_one_name(refused_by):
    Activity.objects.create(name="Judo")
    with refused_by("partners_activity_name_is_unique"):
        Activity.objects.create(name="Judo")


def test_the_same_offer_twice(refused_by):
    offer = make_offer()
    with refused_by("partners_offer_once"):
        Offer.objects.create(partner=offer.partner, activity=offer.activity, kind=offer.kind)


def test_an_offer_that_no_wallet_pays_for(refused_by):
    make_offer()
    with refused_by("partners_offer_kind_is_known"):
        Offer.objects.update(kind="loisir")


def test_an_affiliation_that_ends_before_it_starts(refused_by):
    with refused_by("partners_partner_affiliation_in_order"):
        make_partner(affiliated_from=dt.date(2026, 9, 1), affiliated_until=dt.date(2026, 8, 31))


NOWHERE = [("90.1", "2"), ("-90.1", "2"), ("48", "180.1"), ("48", "-181")]


@pytest.mark.parametrize("half", [{"latitude": "48.7"}, {"longitude": "2.3"}])
def test_half_a_position(refused_by, half):
    with refused_by("partners_partner_position_is_whole"):
        make_partner(**half)


@pytest.mark.parametrize(("latitude", "longitude"), NOWHERE)
def test_a_position_outside_the_world(refused_by, latitude, longitude):
    with refused_by("partners_partner_position_is_on_earth"):
        make_partner(latitude=latitude, longitude=longitude)


SIRET, RNA = "73282932000074", "W922001234"


def test_two_organismes_of_one_siret(refused_by):
    make_partner(siret=SIRET)
    with refused_by("partners_partner_siret_is_unique"):
        make_partner(siret=SIRET)


def test_two_organismes_of_one_rna_number(refused_by):
    make_partner(rna=RNA)
    with refused_by("partners_partner_rna_is_unique"):
        make_partner(rna=RNA)


def test_many_have_neither():
    make_partner()
    make_partner()


def test_a_siret_in_another_writing(refused_by):
    make_partner()
    with refused_by("partners_partner_siret_is_written_one_way"):
        Partner.objects.update(siret=Value("732829320 0007"))


@pytest.mark.parametrize("written", ["w922001234", "W9 2200123"])
def test_an_rna_number_in_another_writing(refused_by, written):
    make_partner()
    with refused_by("partners_partner_rna_is_written_one_way"):
        Partner.objects.update(rna=Value(written))


def test_one_that_is_merged_into_itself(refused_by):
    partner = make_partner()
    with refused_by("partners_partner_not_merged_into_itself"):
        Partner.objects.update(merged_into=partner)
