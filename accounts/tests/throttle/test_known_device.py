"""Where an account came in before, it waits for nobody else's failures."""

import re

import pytest
from django.test import Client

from accounts.tests.factories import make_user
from core.tests.queue import work

from .places import log_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def known():
    make_user("camille")
    browser = Client()
    log_in(browser)
    browser.post("/deconnexion/")
    return browser


def test_it_comes_in_while_the_whole_world_tries(known, attempt):
    for number in range(60):
        attempt(address=f"203.0.113.{number}")
    for number in range(400):
        attempt(account=f"compte{number}")
    for _ in range(10):
        attempt()

    assert log_in(Client()).status_code == 429
    assert log_in(known).status_code == 302


def test_so_does_who_chose_a_new_password_from_the_e_mail(client, mailoutbox, attempt):
    make_user("camille")
    for _ in range(5):
        attempt()
    client.post("/accueil/identifiants-oublies/", {"contact": "camille"})
    work()
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    client.post(link, {"new_password1": "trois tulipes mauves", "new_password2": "trois tulipes mauves"})

    assert log_in(client, password="trois tulipes mauves").status_code == 302


def test_it_waits_for_its_own_failures(known):
    statuses = [log_in(known, password="faux").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]


def test_it_is_known_for_its_own_account_only(known, attempt):
    for _ in range(10):
        attempt(account="dominique")

    assert log_in(known, "dominique", "faux").status_code == 429


@pytest.mark.parametrize("forge", ["", "made-up", "{}?", "x{}"])
def test_a_forged_cookie_is_no_device(known, attempt, settings, forge):
    cookie = known.cookies[settings.DEVICE_COOKIE_NAME]
    known.cookies[settings.DEVICE_COOKIE_NAME] = forge.format(cookie.value)
    for _ in range(10):
        attempt()

    assert log_in(known).status_code == 429


def test_the_cookie_says_nothing_and_no_script_reads_it(known, settings):
    cookie = known.cookies[settings.DEVICE_COOKIE_NAME]

    assert "camille" not in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
