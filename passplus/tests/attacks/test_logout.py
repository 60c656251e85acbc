"""security.md F25: after a session a shared computer keeps no page of it."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.tests.factories import PASSWORD, make_user
from core.known_devices import DEVICE_KNOWN_FOR

pytestmark = pytest.mark.django_db


def test_a_family_that_leaves(client):
    client.force_login(make_user("camille"))
    response = client.post("/deconnexion/")

    assert response.headers["Clear-Site-Data"] == '"cache"'
    # What comes next works, and what is remembered of the device is still there.
    assert client.get(response.headers["Location"]).status_code == 200


def test_an_agent_who_leaves(enter):
    browser = enter(make_user("agent", is_staff=True))

    assert browser.post("/admin/logout/").headers["Clear-Site-Data"] == '"cache"'


def test_a_session_that_ends_by_itself(client):
    client.force_login(make_user("camille"))
    session = client.session
    session.set_expiry(0)
    session["seen"] = 0
    session.save()

    assert client.get("/mon-compte/").headers["Clear-Site-Data"] == '"cache"'


def test_the_device_stays_known():
    browser = Client()
    make_user("camille")
    browser.post("/accueil/", {"username": "camille", "password": PASSWORD})
    browser.post("/deconnexion/")

    assert browser.cookies[settings.DEVICE_COOKIE_NAME]["max-age"] == DEVICE_KNOWN_FOR.total_seconds()


@pytest.mark.parametrize("path", ["/", "/accueil/", "/mon-compte/"])
def test_no_other_page_says_so(client, path):
    client.force_login(make_user("camille"))

    assert "Clear-Site-Data" not in client.get(path).headers
