"""« Autour de moi »: the position goes by POST, into no address, and its list is a page like any other."""

import logging

import pytest
from django.conf import settings

from partners.tests.factories import make_offer, make_partner

pytestmark = pytest.mark.django_db
HERE = {"latitude": "48.777", "longitude": "2.291"}
LOST = "Nous ne savons pas où vous êtes."


@pytest.fixture
def forty_partners():
    for number in range(40):
        make_offer(partner=make_partner(f"CLUB {number:02}", latitude=f"48.7{number:02}", longitude="2.291"))


def names(response):
    return [listed.partner.name for listed in response.context["partners"]]


@pytest.mark.usefixtures("forty_partners")
def test_the_nearest_first_with_its_distance(client):
    response = client.post("/partenaires/", HERE, follow=True)

    assert names(response)[0] == "CLUB 39"
    assert "autour de vous" in response.text
    assert "à 4,2\N{NO-BREAK SPACE}km" in response.text


@pytest.mark.usefixtures("forty_partners")
def test_reload_back_and_the_next_page_send_nothing_again(client):
    """The answer to the form leads to a page that GET finds, and says the rest of what was asked."""
    answer = client.post("/partenaires/", HERE | {"nom": "club", "csrfmiddlewaretoken": "x", "page": "2"})
    assert answer.status_code == 302
    assert answer.url == "/partenaires/?nom=club&autour_de_moi=on#resultats"

    first, again = client.get(answer.url), client.get(answer.url)
    second = client.get("/partenaires/?nom=club&autour_de_moi=on&page=2")
    assert names(first) == names(again)
    assert '<a class="button button--quiet" rel="next" href="?nom=club&amp;autour_de_moi=on&amp;page=2">' in (
        first.text
    )
    assert len(names(first)) == len(names(second)) == 20
    assert not set(names(first)) & set(names(second))


@pytest.mark.usefixtures("forty_partners")
def test_another_search_is_not_around_me(client):
    client.post("/partenaires/", HERE)

    assert client.get("/partenaires/?nom=club").context["partners"][0].kilometres is None


def test_the_child_of_the_address_goes_along(client):
    assert client.post("/partenaires/?pour=abc", HERE).url.startswith("/partenaires/?pour=abc&")


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
    client.post("/partenaires/", HERE)
    response = client.post("/partenaires/", where, follow=True)

    assert LOST in response.text
    assert response.context["partners"][0].kilometres is None


@pytest.mark.parametrize("cookie", ["", "forgé", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="])
def test_a_link_from_somebody_else_says_that_it_knows_no_position(client, cookie):
    make_offer()
    client.cookies[settings.POSITION_COOKIE_NAME] = cookie
    response = client.get("/partenaires/?autour_de_moi=on")

    assert response.status_code == 200
    assert LOST in response.text
    assert len(names(response)) == 1


def test_a_commune_chosen_before_gives_way(client):
    near, far = (
        make_partner(name, latitude=latitude, longitude="2.291")
        for name, latitude in (("PRÈS", "48.777"), ("LOIN", "48.9"))
    )
    for partner in (far, near):
        make_offer(partner=partner)
    response = client.post("/partenaires/", HERE | {"commune": far.commune_id, "autour": "on"}, follow=True)

    assert names(response) == ["PRÈS", "LOIN"]


def test_no_address_no_page_and_no_log_keeps_it(client, caplog):
    make_offer()
    with caplog.at_level(logging.DEBUG):
        answer = client.post("/partenaires/", HERE | {"nom": "Organisme"})
        page = client.get(answer.url).text

    assert "48.777" not in caplog.text + answer.url + page
    cookie = client.cookies[settings.POSITION_COOKIE_NAME]
    assert cookie["max-age"] == 20 * 60
    # And in an address it asks for nothing.
    assert client.get("/partenaires/", HERE).context["partners"][0].kilometres is None


def test_it_goes_with_the_session(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("camille"))
    client.post("/partenaires/", HERE)
    client.post("/deconnexion/")

    assert client.cookies[settings.POSITION_COOKIE_NAME].value == ""
