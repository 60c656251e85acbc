"""What the register of establishments says of a SIRET."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from core.tests.outside import said, service
from partners import register

SIRET = "73282932000074"


def body(**changed):
    place = {
        "siret": SIRET,
        "adresse": "3 RUE DES SPORTS 92160 ANTONY",
        "code_postal": "92160",
        "commune": "92002",
        "etat_administratif": "A",
        "nom_commercial": None,
    }
    whole = {
        "nom_complet": "JUDO CLUB D'ANTONY (JCA)",
        "nom_raison_sociale": "JUDO CLUB D'ANTONY",
        "nature_juridique": "9220",
        "etat_administratif": "A",
        "complements": {"identifiant_association": "W922001234"},
    }
    place |= {name: value for name, value in changed.items() if name in place}
    whole |= {name: value for name, value in changed.items() if name in whole and name not in place}
    return whole | {"matching_etablissements": [place]}


@pytest.fixture
def known(settings):
    """`known({...})`: what the register answers to any SIRET."""

    def find(answer, siret=SIRET):
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        with service(said(content)) as address:
            settings.SERVICES = {"register": {"address": address}}
            return register.find(siret)

    return find


def test_an_association_that_is_open(known):
    found = known({"results": [body()]})

    assert (found.name, found.is_open, found.legal_form) == ("JUDO CLUB D'ANTONY", True, "association")
    assert (found.address, found.postcode, found.insee_code) == ("3 RUE DES SPORTS", "92160", "92002")
    assert found.rna == "W922001234"


@pytest.mark.parametrize(
    ("category", "form"),
    [("9260", "association"), ("5710", "company"), ("7210", "public"), ("4110", "public")],
)
def test_what_it_is(known, category, form):
    assert known({"results": [body(nature_juridique=category)]}).legal_form == form


def test_one_that_is_closed(known):
    assert not known({"results": [body(etat_administratif="F")]}).is_open


def test_what_is_not_there(known):
    found = known({"results": [body(adresse=None, code_postal=None, complements=None)]})

    assert (found.address, found.postcode, found.rna) == ("", "", "")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"results": []}, id="unknown"),
        pytest.param({"results": [body(siret="55208131766522")]}, id="another"),
        pytest.param({"erreur": "trop de demandes"}, id="a fault"),
        pytest.param({"results": [{}]}, id="half of it"),
        pytest.param([], id="a list"),
        pytest.param(b"<html>", id="a page"),
    ],
)
def test_nothing_that_helps(known, answer):
    assert known(answer) is None


def test_it_is_asked_for_the_siret_alone(settings):
    asked = []

    def answer(door):
        asked.append(parse_qs(urlsplit(door.path).query))
        said(b'{"results": []}')(door)

    with service(answer) as address:
        settings.SERVICES = {"register": {"address": address}}
        register.find(SIRET)
    assert asked == [{"q": [SIRET], "per_page": ["1"]}]


def test_without_a_register_nobody_is_asked():
    assert register.find(SIRET) is None
