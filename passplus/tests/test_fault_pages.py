"""The pages for when something is wrong, and what no cache keeps."""

import pytest
from django.test import Client

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("has_cookies", [True, False])
def test_a_browser_without_cookies_is_told_so_first(has_cookies):
    """family.md 42: it read that the page had been open for too long, and of cookies in the last sentence."""
    browser = Client(enforce_csrf_checks=True)
    if has_cookies:
        browser.get("/accueil/")
    page = browser.post("/accueil/", {"username": "camille"}).text

    assert ("<h1>Votre navigateur n’a pas gardé nos cookies</h1>" in page) is not has_cookies
    assert ("<h1>La page est restée ouverte trop longtemps</h1>" in page) is has_cookies


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
