"""A session that nobody uses ends, after a warning."""

import pytest

from accounts.tests.factories import PASSWORD

from .visits import ENDED, is_connected

pytestmark = pytest.mark.django_db


def test_after_an_hour_it_ends_and_leads_back(connected, clock):
    clock.wait(60)
    response = connected.get("/mon-compte/?a=b", follow=True)

    assert response.redirect_chain == [("/accueil/?next=/mon-compte/%3Fa%3Db", 302)]
    assert ENDED in response.text
    assert "n’a pas été enregistré" not in response.text
    assert not is_connected(connected)


def test_before_that_it_does_not(connected, clock):
    clock.wait(59.9)

    assert connected.get("/mon-compte/").status_code == 200


def test_every_visit_counts(connected, clock):
    for _ in range(5):
        clock.wait(50)
        assert connected.get("/mon-compte/").status_code == 200


def test_what_was_sent_too_late_is_not_done_and_it_is_said(connected, clock):
    clock.wait(60)
    response = connected.post("/mon-compte/mot-de-passe/", {"old_password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/accueil/?next=/mon-compte/mot-de-passe/", 302)]
    assert "n’a pas été enregistré" in response.text


def test_without_any_session_it_is_said_too(client):
    """The browser forgot it, or another tab logged out."""
    response = client.post("/mon-compte/mot-de-passe/", {"old_password": PASSWORD}, follow=True)

    assert response.redirect_chain == [("/accueil/?next=/mon-compte/mot-de-passe/", 302)]
    assert "n’a pas été enregistré" in response.text
    assert "n’a pas été enregistré" not in client.get("/mon-compte/", follow=True).text


def test_an_open_page_is_shown_all_the_same(connected, clock):
    clock.wait(60)
    response = connected.get("/aide/")

    assert response.status_code == 200
    assert ENDED in response.text
    assert not is_connected(connected)
