"""The points of the map are what the list shows, and its pictures come from one place only."""

import pytest

from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_partners():
    make_offer(
        "Judo", Kind.SPORT, partner=make_partner("JUDO SCEAUX", commune=make_commune("92071", "Sceaux"))
    )
    make_offer(
        "Danse", Kind.CULTURE, partner=make_partner("BALLET ANTONY", latitude="48.76", longitude="2.3")
    )


def on_list(response):
    return [listed.partner.pk for listed in response.context["partners"]]


def on_map(response):
    return [feature["id"] for feature in response.json()["features"]]


@pytest.mark.usefixtures("two_partners")
@pytest.mark.parametrize(
    "query", ["", "nom=judo", "commune=92071&autour=on", "porte_monnaie=culture", "nom=zzz"]
)
def test_list_and_map_show_the_same(client, query):
    listed = on_list(client.get(f"/partenaires/?{query}"))

    assert on_map(client.get(f"/partenaires/carte/?{query}")) == listed


@pytest.mark.usefixtures("two_partners")
def test_around_me_too(client):
    asked = {"nom": "", "latitude": "48.76", "longitude": "2.3"}
    listed = on_list(client.post("/partenaires/", asked, follow=True))

    assert len(listed) == 2
    assert on_map(client.get("/partenaires/carte/?autour_de_moi=on")) == listed


@pytest.mark.parametrize("query", ["commune=00000", "porte_monnaie=loisir"])
def test_what_does_not_exist_has_no_points(client, query):
    response = client.get(f"/partenaires/carte/?{query}")

    assert response.status_code == 404
    assert response.json()["features"] == []


def test_only_this_page_lets_pictures_come_from_elsewhere(client):
    make_offer()
    directory = client.get("/partenaires/")

    assert (
        "img-src 'self' data: https://data.geopf.fr/;" in directory.headers["Content-Security-Policy"] + ";"
    )
    assert "data.geopf.fr" not in client.get("/aide/").headers["Content-Security-Policy"]
    assert 'data-tiles="https://data.geopf.fr/wmts?SERVICE=WMTS&amp;' in directory.text
    # Before somebody asks for the map nothing of it is fetched.
    assert "<script" in directory.text
    assert 'src="/static/leaflet' not in directory.text
