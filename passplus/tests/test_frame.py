"""The frame of every page, the front door, and the pages for when something is wrong."""

import pytest
from django.test import Client

from accounts.tests.factories import make_beneficiary, make_user

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


def test_under_whose_name(client):
    parent = make_user(first_name="Camille", last_name="TEST")
    garance, lucien = make_beneficiary(parent), make_beneficiary(parent, first_name="Lucien")
    client.force_login(parent)

    assert "Camille TEST" in client.get("/aide/").text
    page = client.get(f"/beneficiaires/{lucien.public_id}/").text
    assert lucien.full_name in page
    assert f"/beneficiaires/{garance.public_id}/" in page


def test_a_parents_own_pages_never_bear_a_childs_name(client):
    parent = make_user(first_name="Dominique", last_name="TEST")
    only = make_beneficiary(parent)
    client.force_login(parent)
    page = client.get("/mon-compte/mot-de-passe/").text

    assert "<b>Dominique TEST</b>" in page
    assert f"/beneficiaires/{only.public_id}/loisirs/transactions/" in page


def test_an_agent_among_the_family_pages_is_led_to_the_admin(enter):
    client = enter(make_user(is_staff=True))

    assert client.get("/beneficiaires/").headers["Location"] == "/admin/"


def test_the_menu_of_a_child_leads_to_its_own_pages(client):
    child = make_user()
    garance = make_beneficiary(make_user(), user=child)
    client.force_login(child)

    assert f"/beneficiaires/{garance.public_id}/loisirs/transactions/" in client.get("/aide/").text


def test_the_menu_of_a_parent_asks_for_the_child_first(client):
    parent = make_user()
    make_beneficiary(parent)
    make_beneficiary(parent)
    client.force_login(parent)

    assert "/beneficiaires/?vers=statement" in client.get("/aide/").text


def test_personal_pages_stay_out_of_caches(client):
    assert "no-store" not in client.get("/aide/").headers.get("Cache-Control", "")
    client.force_login(make_user())
    assert "no-store" in client.get("/mon-compte/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("referer", "return_url"),
    [("http://testserver/aide/", "http://testserver/aide/"), ("https://ailleurs.example/", "/"), ("", "/")],
)
def test_a_form_from_yesterday_is_explained_and_leads_back(referer, return_url):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/accueil/", {"username": "camille"}, headers={"Referer": referer})

    assert response.status_code == 403
    assert response.context["return_url"] == return_url


def test_a_wrong_address_still_has_the_frame(client):
    client.force_login(make_user(first_name="Camille", last_name="TEST"))
    response = client.get("/nulle-part/")

    assert response.status_code == 404
    assert "Camille TEST" in response.text


def test_a_fault_of_ours_needs_neither_database_nor_context(monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("accounts.views.doors.identifiers.ask", fail)
    response = Client(raise_request_exception=False).post("/accueil/identifiants-oublies/", {"contact": "x"})

    assert response.status_code == 500
    assert "<h1" in response.text
