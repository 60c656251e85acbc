"""A refused form is shown by GET (core/refused_forms.py)."""

import time

import pytest
from django.conf import settings
from django.test import Client

from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from core import refused_forms
from core.tests.refused import post_alone

pytestmark = pytest.mark.django_db
DETAILS = "/mon-compte/coordonnees/"
TYPED = {"address": "3 rue des Lilas", "postcode": "9216", "city": "Antony", "phone": ""}


@pytest.fixture
def parent(client):
    parent = make_user("camille")
    make_beneficiary(parent)
    client.force_login(parent)
    return parent


def test_the_answer_is_a_page_of_its_own(client, parent):
    """family.md 1: « Back » to the answer of a POST found no page, and read « hors ligne »."""
    answer = post_alone(client, DETAILS, TYPED)

    assert answer.status_code == 302
    assert answer.url.startswith(f"{DETAILS}?refus=")
    assert "Lilas" not in answer.url
    for _ in range(2):
        page = client.get(answer.url)
        assert "cinq chiffres, comme 92160" in page.text
        assert 'value="3 rue des Lilas"' in page.text
        assert "<title>Erreur – " in page.text


def test_it_is_there_after_another_page_and_a_success(client, parent):
    """family.md 1: error, success, « Back »."""
    refused = post_alone(client, DETAILS, TYPED).url
    assert client.post(DETAILS, TYPED | {"postcode": "92160"}).status_code == 302

    assert "cinq chiffres, comme 92160" in client.get(refused).text
    assert "cinq chiffres, comme 92160" not in client.get(DETAILS).text


def test_each_tab_has_its_own(client, parent):
    one, other = (post_alone(client, DETAILS, TYPED | {"city": city}).url for city in ("Sceaux", "Vanves"))

    assert 'value="Sceaux"' in client.get(one).text
    assert 'value="Vanves"' in client.get(other).text


def test_no_password_is_kept(client):
    answer = post_alone(client, "/accueil/", {"username": "camille", "password": "pas le bon du tout"})

    cookie = client.cookies[settings.REFUSED_COOKIE_NAME]
    assert refused_forms._kept(client.get(answer.url).wsgi_request)[0][4] == {"username": ["camille"]}
    assert "camille" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 20 * 60)


def test_nobody_else_sees_it(client, parent):
    address = post_alone(client, DETAILS, TYPED).url
    stranger = make_user("etranger")
    make_beneficiary(stranger)
    client.force_login(stranger)

    assert "Lilas" not in client.get(address).text


def test_nor_does_another_page(client, parent):
    name = post_alone(client, DETAILS, TYPED).url.partition("=")[2]

    assert "À corriger" not in client.get(f"/mon-compte/e-mail/?refus={name}").text


def test_nor_who_comes_after_the_logout(client, parent):
    post_alone(client, DETAILS, TYPED)
    client.post("/deconnexion/")

    assert client.cookies[settings.REFUSED_COOKIE_NAME].value == ""


def test_it_is_forgotten_in_time(client, parent, monkeypatch):
    address = post_alone(client, DETAILS, TYPED).url
    later = time.time() + refused_forms.KEPT_FOR.total_seconds() + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert "À corriger" not in client.get(address).text


@pytest.mark.parametrize("cookie", ["x", "é", "AAAA", ""])
def test_a_cookie_that_is_not_ours(client, parent, cookie):
    client.cookies[settings.REFUSED_COOKIE_NAME] = cookie

    assert client.get(f"{DETAILS}?refus=abcdefgh").status_code == 200


def test_the_cookie_stays_small_whatever_is_typed(client, parent):
    """The oldest goes first."""
    for number in range(40):
        last = post_alone(client, DETAILS, TYPED | {"address": f"{number} " + "long " * 20}).url
        assert len(client.cookies[settings.REFUSED_COOKIE_NAME].value) <= refused_forms.LARGEST

    assert "39 long" in client.get(last).text


def test_who_has_to_wait_is_told_again_after_a_reload(client):
    """family.md 1, its kind: « Trop d'essais » is a page that can be reloaded too."""
    make_user("camille")
    for _ in range(12):
        answer = post_alone(client, "/accueil/?next=/mon-compte/", {"username": "camille", "password": "non"})

    assert "next=%2Fmon-compte%2F" in answer.url
    for _ in range(2):
        page = client.get(answer.url)
        assert page.status_code == 429
        assert int(page["Retry-After"]) > 0
        assert "Recevez un code par e-mail" in page.text


def test_signed_in_since(client):
    """family.md 1: a wrong password, the right one, « Back »."""
    make_user("camille")
    refused = post_alone(client, "/accueil/", {"username": "camille", "password": "non"}).url
    client.post("/accueil/", {"username": "camille", "password": PASSWORD})

    assert client.get(refused).status_code == 302


def test_the_service_worker_handles_get_alone():
    """family.md 1: it answered OFFLINE to whatever failed."""
    worker = Client().get("/service-worker/").text

    assert 'if (request.method !== "GET") return;' in worker
