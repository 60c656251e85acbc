"""family.md 42: whoever is no longer connected reads why, on the first page."""

import pytest
from django.test import Client

from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
CLOSED = "Votre connexion s’est fermée"


@pytest.fixture
def camille():
    return make_user("camille")


def come_in(browser):
    browser.post("/accueil/", {"username": "camille", "password": PASSWORD})
    return browser


def test_after_logging_out(client, camille):
    """family.md 42: it said nothing."""
    client.force_login(camille)
    page = client.post("/deconnexion/", follow=True).text

    assert "Vous êtes déconnecté." in page
    # It was wanted: nothing to explain at the next page either.
    assert CLOSED not in client.get("/mon-compte/", follow=True).text


def test_disconnected_from_another_device(client, camille):
    """family.md 42."""
    here, elsewhere = come_in(client), come_in(Client())
    here.post("/mon-compte/appareils/")
    page = elsewhere.get("/mon-compte/", follow=True)

    assert page.redirect_chain == [("/accueil/?next=/mon-compte/", 302)]
    assert CLOSED in page.text
    # Once.
    assert CLOSED not in elsewhere.get("/mon-compte/", follow=True).text


def test_what_was_sent_by_then_is_told_first(client, camille):
    here, elsewhere = come_in(client), come_in(Client())
    here.post("/mon-compte/appareils/")
    page = elsewhere.post("/mon-compte/e-mails/", follow=True).text

    assert "n’a pas été enregistré" in page
    assert CLOSED not in page


def test_one_reason_is_enough(client, camille):
    """Ended by itself, it says so in its own words."""
    client.force_login(camille)
    session = client.session
    session.set_expiry(0)
    session["seen"] = 0
    session.save()
    page = client.get("/mon-compte/", follow=True).text

    assert "après un long moment sans activité" in page
    assert CLOSED not in page


def test_who_was_never_there_has_nothing_explained(client):
    assert CLOSED not in client.get("/mon-compte/", follow=True).text
