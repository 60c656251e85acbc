import json

import pytest

from core.tests.outside import said, service
from operations.doctor import other_services

from .faults import wrong

pytestmark = pytest.mark.any_database


def answering(answer):
    return service(said(json.dumps(answer).encode()))


def test_none(settings):
    settings.SERVICES = {}

    assert other_services.check() == "aucun"


def test_those_that_answer(settings):
    with answering({"results": []}) as register, answering({"features": []}) as geocoder:
        settings.SERVICES = {"register": {"address": register}, "geocoder": {"address": geocoder}}

        assert other_services.check() == "réponse de geocoder, register"


def test_one_that_does_not(settings):
    with answering({"results": []}) as register, service(said(b"", 503)) as geocoder:
        settings.SERVICES = {"register": {"address": register}, "geocoder": {"address": geocoder}}

        with wrong("geocoder ne répond pas", "services.toml"):
            other_services.check()


def test_where_families_say_who_they_are(settings):
    asked = []

    def answer(door):
        asked.append(door.path)
        said(json.dumps({"issuer": address}).encode())(door)

    with service(answer) as address:
        settings.SERVICES = {"franceconnect": {"issuer": address, "client_id": "a", "client_secret": "b"}}

        assert other_services.check() == "réponse de franceconnect"
    assert asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize("answer", [{"issuer": "https://another.example"}, ["a"]])
def test_another_one_in_its_place(settings, answer):
    with answering(answer) as address:
        settings.SERVICES = {"proconnect": {"issuer": address, "client_id": "a", "client_secret": "b"}}

        with wrong("proconnect ne répond pas", "services.toml"):
            other_services.check()
