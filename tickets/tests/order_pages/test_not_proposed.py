"""« Effectuer une transaction »: an organisme that was not proposed, or no longer."""

import pytest

from .pages import page, sentences

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("stale", "field"),
    [({"activites": "culture"}, "activites"), ({"activites": "sport"}, "organisme")],
    ids=["a kind that this commune has not", "the organisme of another commune"],
)
def test_what_another_commune_proposed(client, culture, offers, stale, field):
    query = {"commune": "92071", "organisme": offers["maitrise"].partner_id} | stale
    response = client.get(page(culture, "organisme/"), query)

    assert response.status_code == 200
    assert sentences(response, field)


def test_after_the_session_has_ended(client, culture):
    client.logout()
    response = client.get(page(culture, "organisme/"))

    assert response.headers["Location"].startswith("/accueil/?next=")


@pytest.mark.parametrize(
    "forged",
    [
        {"commune": "00000"},
        {"commune": "9" * 50},
        {"organisme": "9" * 50},
        {"organisme": "x"},
        {"activites": "x"},
    ],
    ids=str,
)
def test_what_no_list_proposed(client, culture, offers, forged):
    query = {"commune": "92002", "activites": "culture", "organisme": "1"} | forged

    assert client.get(page(culture, "organisme/"), query).status_code == 404


def test_nul_characters(client, culture):
    assert client.get(page(culture, "organisme/?commune=%00")).status_code == 400
    assert client.get("/beneficiaires/%00/").status_code == 400
