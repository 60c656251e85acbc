"""Who came in, by what device; and « Déconnecter les autres appareils »."""

import pytest
from django.test import Client

from accounts import devices
from accounts.models import SignIn
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile"
)

APPLE = "Mozilla/5.0 (iPhone; CPU"


def log_in(client, password=PASSWORD, user_agent=ANDROID):
    fields = {"username": "camille", "password": password}
    return client.post("/accueil/", fields, headers={"User-Agent": user_agent})


def test_each_one_is_shown_the_last_first(client):
    make_user("camille")
    log_in(client, user_agent="curl/8")
    log_in(Client())
    log_in(Client(), "pas le bon")
    page = client.get("/mon-compte/").text

    assert page.index("Chrome sur Android") < page.index("Appareil inconnu")
    assert SignIn.objects.count() == 2


def test_they_are_told_by_kind_and_which_is_like_this_one(client):
    """family.md 35: ten identical lines told nothing."""
    make_user("camille")
    for user_agent in ("curl/8", ANDROID, ANDROID, ANDROID):
        log_in(Client(), user_agent=user_agent)
    log_in(client)
    page = client.get("/mon-compte/", headers={"User-Agent": ANDROID}).text

    assert page.count("Chrome sur Android") == 1
    assert "Chrome sur Android (comme cet appareil)" in page
    assert "et 3 fois avant" in page


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (ANDROID, "Chrome sur Android"),
        (
            f"{APPLE} iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari sur iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0", "Edge sur Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox sur Linux"),
        (
            "Mozilla/5.0 (Linux; Android 13) SamsungBrowser/25.0 Chrome/121.0 Mobile",
            "Samsung Internet sur Android",
        ),
        ("", "Appareil inconnu"),
        ("Firefox/" * 5_000, "Firefox"),
    ],
)
def test_devices_in_words(user_agent, name):
    assert devices.name(user_agent) == name


def test_the_other_devices_are_disconnected_and_this_one_stays(client):
    user = make_user("camille")
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(user)
    client.post("/mon-compte/appareils/")

    assert client.get("/mon-compte/").status_code == 200
    assert elsewhere.get("/mon-compte/").status_code == 302


def test_a_link_alone_disconnects_nobody(client):
    client.force_login(make_user())

    assert client.get("/mon-compte/appareils/").status_code == 405
