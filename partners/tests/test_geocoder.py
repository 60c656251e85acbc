"""What the geocoder says of an address."""

import json
import time
from decimal import Decimal

import pytest

from core.asking import NoAnswer
from core.tests.outside import said, service
from partners import geocoder

ASKED = {"address": "3 rue des Sports", "postcode": "92160", "commune": "Antony", "insee_code": "92002"}


def feature(longitude=2.2965, latitude=48.7544, **changed):
    properties = {"score": 0.93, "citycode": "92002", "type": "housenumber"} | changed
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }


@pytest.fixture
def find(settings):
    """`find({...})`: what is found when the geocoder answers this."""

    def ask(answer):
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        with service(said(content)) as address:
            settings.SERVICES = {"geocoder": {"address": address}}
            return geocoder.find(**ASKED)

    return ask


def test_an_address(find):
    found = find({"features": [feature()]})

    assert found == (Decimal("48.754400"), Decimal("2.296500"))


@pytest.mark.parametrize(
    "features",
    [
        pytest.param([], id="unknown"),
        pytest.param([feature(citycode="92071")], id="of another commune"),
        pytest.param([feature(score=0.31)], id="another street"),
        pytest.param([feature(type="municipality")], id="the town"),
    ],
)
def test_no_such_address(find, features):
    assert find({"features": features}) is None


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"<html>", id="a page"),
        pytest.param({"message": "trop de demandes"}, id="a fault"),
        pytest.param([], id="a list"),
        pytest.param({"features": [{}]}, id="half of it"),
        pytest.param({"features": [feature(latitude="nord")]}, id="words"),
        pytest.param({"features": [feature(latitude=95)]}, id="beyond the pole"),
        pytest.param({"features": [feature(longitude=float("nan"))]}, id="no number"),
        pytest.param({"features": [feature(score=None)]}, id="no score"),
    ],
)
def test_what_is_no_answer(find, answer):
    with pytest.raises(NoAnswer):
        find(answer)


def test_one_that_is_away(settings):
    with service(said(b"", 503)) as address:
        settings.SERVICES = {"geocoder": {"address": address}}
        with pytest.raises(NoAnswer):
            geocoder.find(**ASKED)


def test_one_that_never_answers(settings, monkeypatch):
    monkeypatch.setattr("core.asking.PATIENCE", 0.05)
    with service(lambda _door: time.sleep(1)) as address:
        settings.SERVICES = {"geocoder": {"address": address}}
        with pytest.raises(NoAnswer):
            geocoder.find(**ASKED)
