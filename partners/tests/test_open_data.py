"""The directory as CSV and GeoJSON, for other programs."""

import csv
import io

import pytest
from django.db import connection

from core.tests.savepoints import SAVEPOINTS
from partners.services import directory_changed
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db
CSV, GEOJSON = "/donnees-ouvertes/organismes/csv/", "/donnees-ouvertes/organismes/geojson/"


@pytest.fixture
def partner():
    partner = make_partner(
        "JUDO CLUB",
        siret="73282932000074",
        rna="W922001234",
        address="2 place du Marché",
        postcode="92160",
        accessible=True,
        latitude="48.776900",
        longitude="-2.290600",
    )
    for kind in Kind:
        make_offer("Judo", kind, partner=partner)
    make_offer("Aïkido", Kind.SPORT, partner=partner)
    make_offer(partner=make_partner("PARTI", affiliated_until="2024-06-30"))
    return partner


def rows(response):
    return csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")


@pytest.mark.usefixtures("partner")
def test_csv(client):
    """family.md, polish: a French Excel opened it in one column."""
    response = client.get(CSV)

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert list(rows(response)) == [
        {
            "nom": "JUDO CLUB",
            "siret": "73282932000074",
            "rna": "W922001234",
            "adresse": "2 place du Marché",
            "cp": "92160",
            "commune": "Antony",
            "code_insee": "92002",
            "activites": "Aïkido | Judo",
            "porte_monnaie": "Sport | Culture",
            "handicap": "oui",
            "longitude": "-2.2906",
            "latitude": "48.7769",
        }
    ]


def test_geojson(client, partner):
    response = client.get(GEOJSON)
    [feature] = response.json()["features"]

    assert response.headers["Content-Type"] == "application/geo+json"
    assert feature["id"] == partner.pk
    assert feature["geometry"] == {"type": "Point", "coordinates": [-2.2906, 48.7769]}
    assert feature["properties"]["nom"] == "JUDO CLUB"
    assert feature["properties"]["activites"] == ["Aïkido", "Judo"]
    assert feature["properties"]["handicap"] is True


@pytest.mark.parametrize("name", ["=1+1", "+33", "-CLUB", "@SUM(A1)", "\tTAB"])
def test_no_cell_is_a_formula(client, name):
    make_partner(name)
    [row] = rows(client.get(CSV))

    assert row["nom"] == f"'{name}"


@pytest.mark.parametrize("address", [CSV, GEOJSON])
def test_what_has_not_changed_is_not_sent_again(client, partner, address):
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304

    make_offer("Karaté", partner=partner)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("address", [CSV, GEOJSON])
def test_as_many_queries_for_two_organismes_as_for_twenty(client, django_assert_num_queries, address):
    for count in (2, 20):
        for _ in range(count):
            make_offer()
        directory_changed()
        # Asked twice which version this is, in a transaction; on PostgreSQL in the one of the whole page.
        with django_assert_num_queries(6 + 2 * (connection.vendor == "postgresql")):
            client.get(address)


def test_the_page_names_every_field(client):
    page = client.get("/donnees-ouvertes/").text
    header = rows(client.get(CSV)).fieldnames

    assert [name for name in header if f"<code>{name}</code>" not in page] == []


@pytest.mark.usefixtures("partner")
@pytest.mark.parametrize("path", [CSV, GEOJSON, "/partenaires/carte/"])
def test_it_is_made_once_a_version_of_the_directory(client, path, django_assert_max_num_queries):
    """security.md F16: 100 to 240 ms for whoever asked, as often as he asked."""
    directory_changed()
    first = client.get(path)
    with django_assert_max_num_queries(5 + SAVEPOINTS):
        assert client.get(path).content == first.content

    make_offer("Piano", Kind.CULTURE, partner=make_partner("NOUVEAU", latitude="48.7", longitude="2.3"))
    directory_changed()
    assert "NOUVEAU" in client.get(path).text


@pytest.mark.usefixtures("partner")
def test_it_is_made_anew_each_day(client, monkeypatch):
    """An affiliation ends while nothing changes."""
    directory_changed()
    make_offer(partner=make_partner("DEMAIN", affiliated_until=days(0)))
    assert "DEMAIN" in client.get(CSV).text
    tomorrow = days(1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)

    assert "DEMAIN" not in client.get(CSV).text


@pytest.mark.usefixtures("partner")
def test_a_map_of_some_is_not_the_map_of_all(client):
    client.get("/partenaires/carte/")

    assert client.get("/partenaires/carte/?nom=zzz").json()["features"] == []
