"""The pages open to everyone, and the front door."""

import pytest

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
OPEN_PAGES = [
    "/accueil/",
    "/aide/",
    "/aide/guide/",
    "/actualites/",
    "/contact/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/soutien-scolaire/",
    "/partenaires/",
    "/plan-du-site/",
    "/accessibilite/",
    "/hors-ligne/",
]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_everyone_reads_the_open_pages(client, path):
    assert client.get(path).status_code == 200
    client.force_login(make_user())
    assert client.get(path).status_code in {200, 302}


def test_the_front_door_asks_who_is_there(client):
    assert client.get("/").headers["Location"] == "/accueil/"


def test_an_agent_goes_to_the_admin(client):
    client.force_login(make_user(is_staff=True))

    assert client.get("/").headers["Location"] == "/admin/"
