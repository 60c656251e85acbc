"""« Autour de moi »: the position goes by POST, and stays nowhere."""

import logging

import pytest

from partners.tests.factories import make_offer, make_partner

pytestmark = pytest.mark.django_db
HERE = {"latitude": "48.777", "longitude": "2.291"}


@pytest.fixture
def forty_partners():
    for number in range(40):
        make_offer(partner=make_partner(f"CLUB {number:02}", latitude=f"48.7{number:02}", longitude="2.291"))


def names(response):
    return [listed.partner.name for listed in response.context["partners"]]


@pytest.mark.usefixtures("forty_partners")
def test_the_nearest_first_with_its_distance(client):
    response = client.post("/partenaires/", HERE)

    assert names(response)[0] == "CLUB 39"
    assert "autour de vous" in response.text
    assert "à 4,2\N{NO-BREAK SPACE}km" in response.text


@pytest.mark.usefixtures("forty_partners")
def test_its_second_page_knows_where_and_what(client):
    first = client.post("/partenaires/", HERE | {"nom": "club"})
    second = client.post("/partenaires/", HERE | {"nom": "club", "page": "2"})

    for name, value in (HERE | {"nom": "club"}).items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in first.text
    assert len(names(first)) == 20
    assert len(names(second)) == 20
    assert not set(names(first)) & set(names(second))


@pytest.mark.parametrize(
    "where",
    [
        {"latitude": "91", "longitude": "2"},
        {"latitude": "48", "longitude": "-180.1"},
        {"latitude": "nan", "longitude": "inf"},
        {"latitude": "1e999", "longitude": "2"},
        {"latitude": "ici", "longitude": ""},
        {},
    ],
)
def test_a_position_outside_the_world_is_a_sentence(client, where):
    make_offer()
    response = client.post("/partenaires/", where)

    assert response.status_code == 404
    assert "Choisissez plutôt votre commune" in response.text
    assert names(response) == []


def test_no_address_and_no_log_keeps_it(client, caplog):
    make_offer()
    with caplog.at_level(logging.DEBUG):
        page = client.post("/partenaires/", HERE | {"nom": "Organisme"}).text

    assert "48.777" not in caplog.text
    # Only in the form that asks for the next page, and for the map.
    assert page.count("48.777") == 1
    assert "?" not in page.partition('data-points="')[2].partition('"')[0]
    # And in an address it asks for nothing.
    assert client.get("/partenaires/", HERE).context["partners"][0].kilometres is None
