"""Organismes are placed on the map by their address, if there is a geocoder."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.asking import NoAnswer
from core.tasks import Queue, Worker
from partners import geocoder, locating
from partners.models import DirectoryVersion, Partner
from partners.services import directory_changed

from .factories import make_commune, make_partner

pytestmark = pytest.mark.django_db
HERE, THERE = (Decimal("48.754400"), Decimal("2.296500")), (Decimal("48.760000"), Decimal("2.300000"))


@pytest.fixture
def known(settings, monkeypatch):
    """What the geocoder knows: a place by address; NoAnswer is raised. And what it was asked."""
    settings.SERVICES = {"geocoder": {"address": "https://geocoder.example"}}
    asked: list[tuple[str, str]] = []
    known: dict[str, Any] = {"1 rue du Port": HERE, "asked": asked}

    def find(*, address, postcode, commune, insee_code):
        asked.append((address, insee_code))
        if known.get(address) is NoAnswer:
            raise NoAnswer
        return known.get(address)

    monkeypatch.setattr(geocoder, "find", find)
    return known


def work():
    worker = Worker([Queue.FILES])
    while worker.run_next():
        pass


def position(partner):
    return Partner.objects.values_list("latitude", "longitude").get(pk=partner.pk)


def test_after_a_change_of_the_directory(known):
    partner = make_partner(address="1 rue du Port")
    before = DirectoryVersion.current()
    directory_changed()
    work()

    assert position(partner) == HERE
    assert DirectoryVersion.current() != before
    assert known["asked"] == [("1 rue du Port", partner.commune_id)]


def test_it_is_asked_once(known):
    make_partner(address="1 rue du Port")
    unknown = make_partner(address="nulle part")
    for _ in range(2):
        directory_changed()
        work()

    assert [address for address, _ in known["asked"]] == ["1 rue du Port", "nulle part"]
    assert position(unknown) == (None, None)


def test_who_moves_is_looked_for_again(known):
    known["2 rue du Lac"] = THERE
    partner = make_partner(address="1 rue du Port")
    directory_changed()
    work()
    Partner.objects.filter(pk=partner.pk).update(address="2 rue du Lac")
    directory_changed()
    work()

    assert position(partner) == THERE


def test_who_moves_where_nothing_is_known_is_shown_in_the_commune(known):
    partner = make_partner(address="1 rue du Port")
    directory_changed()
    work()
    Partner.objects.filter(pk=partner.pk).update(address="nulle part")
    directory_changed()
    work()

    assert position(partner) == (None, None)


def test_a_position_that_was_typed_stays(known):
    partner = make_partner(address="1 rue du Port", latitude=THERE[0], longitude=THERE[1])
    directory_changed()
    work()

    assert (position(partner), known["asked"]) == (THERE, [])


def test_nor_is_one_without_an_address_or_merged_into_another(known):
    make_partner(address="")
    make_partner(address="1 rue du Port", merged_into=make_partner(address=""))
    directory_changed()
    work()

    assert known["asked"] == []


def test_without_a_geocoder_nothing_waits(settings):
    settings.SERVICES = {}
    directory_changed()

    assert not DBTaskResult.objects.exists()


def test_one_that_does_not_answer_is_asked_in_an_hour(known):
    """Of one address alone, that it cannot bear: the others are placed."""
    known["2 rue du Lac"] = NoAnswer
    known["3 rue du Pont"] = THERE
    first, second, third = (
        make_partner(address=address) for address in ("1 rue du Port", "2 rue du Lac", "3 rue du Pont")
    )
    work()

    assert [position(it) for it in (first, second, third)] == [HERE, (None, None), THERE]
    [waiting] = DBTaskResult.objects.all()
    assert dt.timedelta(minutes=59) < waiting.run_after - timezone.now() <= dt.timedelta(hours=1)


def test_one_that_is_away_is_not_asked_for_all(known):
    known["2 rue du Lac"] = NoAnswer
    for _ in range(locating.PATIENCE + 2):
        Partner.objects.create(
            name="CLUB", address="2 rue du Lac", commune=make_commune(), affiliated_from=dt.date(2020, 9, 1)
        )
    directory_changed()
    work()

    assert len(known["asked"]) == locating.PATIENCE
    assert DBTaskResult.objects.count() == 1


def test_many_of_them_take_several_tasks(known, monkeypatch):
    monkeypatch.setattr(locating, "MANY", 2)
    partners = [make_partner(address="1 rue du Port") for _ in range(5)]
    directory_changed()
    work()

    assert {position(it) for it in partners} == {HERE}
    assert len(known["asked"]) == 5


def test_what_an_agent_types_meanwhile_stays(known, monkeypatch):
    partner = make_partner(address="1 rue du Port")

    def find(**_):
        Partner.objects.filter(pk=partner.pk).update(latitude=THERE[0], longitude=THERE[1])
        return HERE

    monkeypatch.setattr(geocoder, "find", find)
    directory_changed()
    work()

    assert position(partner) == THERE


def test_so_does_an_address_that_is_changed_meanwhile(known, monkeypatch):
    partner = make_partner(address="1 rue du Port")

    def find(**_):
        Partner.objects.filter(pk=partner.pk).update(address="2 rue du Lac")
        return HERE

    monkeypatch.setattr(geocoder, "find", find)
    Worker([Queue.FILES]).run_next()

    assert position(partner) == (None, None)
