"""What the search of the directory finds, and in which order. How well: backoffice tests it."""

import datetime as dt

import pytest
from django.utils import timezone

from partners.directory_index import Wanted
from partners.models import Commune, Offer, Partner
from partners.search import search
from partners.services import directory_changed
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind

pytestmark = pytest.mark.django_db
SCEAUX, ANTONY = (48.7769, 2.2906), (48.7503, 2.2992)


def found(words="", **wanted):
    names = dict(Partner.objects.values_list("pk", "name"))
    return [names[one.pk] for one in search(Wanted(on=timezone.localdate(), words=words, **wanted))]


@pytest.fixture
def directory():
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")
    Commune.objects.filter(pk="92071").update(latitude=SCEAUX[0], longitude=SCEAUX[1])
    sceaux = Commune.objects.get(pk="92071")
    make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO CLUB DE SCEAUX", commune=sceaux))
    make_offer("Chant choral", partner=make_partner("MAITRISE STE MARIE D ANTONY"))
    make_offer("Équitation", Kind.SPORT, partner=make_partner("GARCHES HIPPISME", accessible=True))


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sceaux judo", "JUDO CLUB DE SCEAUX"),
        ("JUDO", "JUDO CLUB DE SCEAUX"),
        ("jud", "JUDO CLUB DE SCEAUX"),
        ("juod", "JUDO CLUB DE SCEAUX"),
        ("maîtrise sainte-marie", "MAITRISE STE MARIE D ANTONY"),
        ("metrise", "MAITRISE STE MARIE D ANTONY"),
        ("equitation", "GARCHES HIPPISME"),
        ("M.A.I.", "MAITRISE STE MARIE D ANTONY"),
        ("%", "GARCHES HIPPISME"),
        ("_", "GARCHES HIPPISME"),
        ("de la", "GARCHES HIPPISME"),
        ("' OR 1=1 --", "GARCHES HIPPISME"),
        ("zzzzzz", None),
    ],
)
def test_words(words, first):
    """Signs ask for nothing, and what asks for nothing shows everything, by name."""
    assert next(iter(found(words)), None) == first


@pytest.mark.usefixtures("directory")
def test_ten_thousand_letters_are_searched_in_no_time():
    assert found("judo " + "zxq" * 3_000) == ["JUDO CLUB DE SCEAUX"]
    assert found(" ".join(["judo"] * 2_000)) == ["JUDO CLUB DE SCEAUX"]


@pytest.mark.usefixtures("directory")
def test_filters_narrow():
    assert found(commune="92071") == ["JUDO CLUB DE SCEAUX"]
    assert found(kind=Kind.CULTURE) == ["MAITRISE STE MARIE D ANTONY"]
    assert found(accessible=True) == ["GARCHES HIPPISME"]
    judo = Offer.objects.get(activity__name="Judo")
    assert found(activity=judo.activity_id) == ["JUDO CLUB DE SCEAUX"]
    assert found(activity=judo.activity_id, kind=Kind.CULTURE) == []


def test_an_activity_and_a_wallet_are_those_of_one_offer():
    partner = make_partner("MJC")
    danse = make_offer("Danse", Kind.SPORT, partner=partner)
    make_offer("Piano", Kind.CULTURE, partner=partner)

    assert found(activity=danse.activity_id, kind=Kind.CULTURE) == []


@pytest.mark.usefixtures("directory")
def test_near_a_place_the_nearest_comes_first_whatever_its_name():
    assert found(near=SCEAUX)[0] == "JUDO CLUB DE SCEAUX"
    assert found(near=ANTONY)[-1] == "JUDO CLUB DE SCEAUX"


def test_distances_are_in_kilometres():
    make_partner("ICI", latitude=SCEAUX[0], longitude=SCEAUX[1])
    [one] = search(Wanted(on=timezone.localdate(), near=ANTONY))

    assert one.distance == pytest.approx(3.02, abs=0.02)


def test_without_a_position_it_stands_at_the_centre_of_its_commune():
    make_partner("AU CENTRE")
    [one] = search(Wanted(on=timezone.localdate(), near=(48.75, 2.299)))

    assert one.distance == 0


@pytest.mark.parametrize("day", ["2024-08-31", "2026-07-01"])
def test_who_is_not_affiliated_that_day_is_not_found(day):
    make_partner("A", affiliated_from="2024-09-01", affiliated_until="2026-06-30")

    assert search(Wanted(on=dt.date.fromisoformat(day))) == []


def test_a_change_is_seen_when_it_is_told():
    partner = make_partner("AVANT")
    assert found("avant") == ["AVANT"]

    Partner.objects.filter(pk=partner.pk).update(name="ENSUITE")
    assert search(Wanted(on=timezone.localdate(), words="ensuite")) == []
    directory_changed()
    assert found("ensuite") == ["ENSUITE"]


def test_a_directory_without_organismes_finds_none():
    directory_changed()

    assert found("judo") == []
