"""Session fixation: who put a session into somebody's browser does not come in with them."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from accounts.tests.factories import PASSWORD, make_telephone, make_user, shown_by

pytestmark = pytest.mark.django_db

SESSION = "__Host-sessionid"


@pytest.fixture
def planted(settings):
    """A browser in which somebody put a session that they know."""
    assert settings.SESSION_COOKIE_NAME == SESSION
    session = SessionStore()
    session["planted"] = True
    session.create()
    browser = Client()
    browser.cookies[SESSION] = str(session.session_key)
    return browser


def key_of(browser):
    return browser.cookies[SESSION].value


def come_in(browser, door="/accueil/", username="camille"):
    return browser.post(door, {"username": username, "password": PASSWORD})


@pytest.mark.parametrize(("door", "staff"), [("/accueil/", False), ("/admin/login/", True)])
def test_who_comes_in_gets_another_session(planted, door, staff):
    make_user("camille", is_staff=staff)
    before = key_of(planted)
    come_in(planted, door)

    assert key_of(planted) != before
    assert not SessionStore().exists(before)


def test_the_control_a_login_that_keeps_it(planted, monkeypatch):
    monkeypatch.setattr(SessionStore, "cycle_key", lambda session: None)
    make_user("camille")
    before = key_of(planted)
    come_in(planted)

    assert key_of(planted) == before


def test_so_does_who_gives_the_second_factor(client):
    agent = make_user("agent", is_staff=True, is_superuser=True)
    telephone = make_telephone(agent)
    client.force_login(agent)
    before = key_of(client)
    client.post("/admin/second-facteur/", {"code": shown_by(telephone)})

    assert key_of(client) != before
    assert client.get("/admin/").status_code == 200


def test_a_session_that_nobody_made_is_none():
    browser = Client()
    browser.cookies[SESSION] = "a" * 32
    make_user("camille")
    come_in(browser)

    assert key_of(browser) != "a" * 32


def test_somebody_elses_session_is_not_gone_on_with(client):
    make_user("camille"), make_user("dominique")
    come_in(client)
    client.session["of"] = "camille"
    before = key_of(client)
    client.post("/deconnexion/")
    come_in(client, username="dominique")

    assert key_of(client) != before
    assert not SessionStore().exists(before)


def test_who_leaves_leaves_nothing_behind(client):
    make_user("camille")
    come_in(client)
    stolen = key_of(client)
    client.post("/deconnexion/")
    thief = Client()
    thief.cookies[SESSION] = stolen

    assert thief.get("/mon-compte/").status_code == 302
