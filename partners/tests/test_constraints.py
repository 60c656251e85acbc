"""What the database itself refuses."""

import datetime as dt

import pytest

from partners.models import Activity, Offer
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
