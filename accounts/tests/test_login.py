"""Logging in and out."""

import pytest
from django.conf import settings

from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def log_in(client, username="camille", password=PASSWORD, **fields):
    return client.post("/accueil/", {"username": username, "password": password, **fields})


@pytest.mark.parametrize("typed", ["camille", "Camille", " CAMILLE "])
def test_the_identifiant_as_telephones_write_it(client, typed):
    make_user("camille")

    assert log_in(client, typed).headers["Location"] == "/"


def test_without_the_box_the_session_ends_with_the_browser(client):
    make_user("camille")
    log_in(client)

    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_with_the_box_the_session_lasts_thirty_days(client):
    make_user("camille")
    log_in(client, remember="on")

    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 30 * 24 * 60 * 60


@pytest.mark.parametrize(
    ("username", "password"), [("camille", "pas le bon"), ("personne", PASSWORD), ("fermee", PASSWORD)]
)
def test_one_answer_to_every_failure(client, username, password):
    make_user("camille")
    make_user("fermee", is_active=False)
    response = log_in(client, username, password)

    assert "L’identifiant ou le mot de passe n’est pas le bon" in response.text
    assert "_auth_user_id" not in client.session


def test_after_login_the_page_that_was_asked_for(client):
    make_user("camille")
    asked = client.get("/mon-compte/")

    assert asked.headers["Location"] == "/accueil/?next=/mon-compte/"
    assert log_in(client, next="/mon-compte/").headers["Location"] == "/mon-compte/"


def test_never_to_another_site(client):
    make_user("camille")

    assert log_in(client, next="https://ailleurs.example/").headers["Location"] == "/"


@pytest.mark.parametrize("wanted", ["/accueil/", "/accueil/?next=/accueil/"])
def test_never_round_and_round(client, wanted):
    client.force_login(make_user("camille"))

    assert client.get("/accueil/", {"next": wanted}).headers["Location"] == "/"


def test_the_address_printed_for_years(client):
    assert client.get("/Accueil/?next=/aide/").headers["Location"] == "/accueil/?next=/aide/"


def test_logging_out_is_a_post(client):
    client.force_login(make_user())

    assert client.get("/deconnexion/").headers["Location"] == "/"
    assert "_auth_user_id" in client.session
    assert client.post("/deconnexion/").headers["Location"] == "/accueil/"
    assert "_auth_user_id" not in client.session
