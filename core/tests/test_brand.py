"""A campaign's name, logo and colours are settings (brand.toml)."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from core.brand import check_logo

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand(monkeypatch):
    """`brand(name="…")` changes the settings."""

    def change(**values):
        if colors := values.get("colors"):
            values["accent"] = colors[0]
        monkeypatch.setattr(settings, "BRAND", settings.BRAND | values)

    return change


def test_with_our_own_colours_nothing_more_is_loaded(client):
    assert client.get("/aide/").text.count('rel="stylesheet"') == 1
    assert client.get("/marque/").status_code == 404


def test_other_colours_come_in_a_stylesheet_of_their_own(client, brand):
    brand(colors=["#004b8d", "#ffe000"])
    [address] = re.findall(r'"(/marque/[^"]*)"', client.get("/aide/").text)
    response = client.get(address)

    assert address == "/marque/?v=004b8d-ffe000"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=" in response.headers["Cache-Control"]
    assert "--brand:light-dark(#004b8d,#ffe000);--on-brand:light-dark(#ffffff,#000000)" in response.text


def test_it_stays_in_the_cache_of_who_is_connected(client, brand, django_user_model):
    brand(colors=["#004b8d", "#ffe000"])
    client.force_login(django_user_model.objects.create_user("camille"))

    assert "no-store" not in client.get("/marque/").headers["Cache-Control"]


def test_a_logo_of_its_own(client, brand):
    brand(logo="img/icon-192.png")
    page = client.get("/aide/").text

    assert '<img src="/static/img/icon-192.png" alt=""' in page
    assert '<link rel="icon" href="/static/img/icon-192.png">' in page
    assert check_logo() == []


def test_a_logo_that_is_not_there_is_said_before_the_service_starts(brand):
    brand(logo="img/nulle-part.svg")
    (error,) = check_logo()

    assert error.is_serious()
    assert "img/nulle-part.svg" in error.msg


def test_without_one_there_is_nothing_to_say():
    assert check_logo() == []


@pytest.mark.parametrize(("colors", "theme"), [([], "#c3263f"), (["#004b8d", "#ffe000"], "#004b8d")])
def test_a_phone_gets_the_colour_too(client, brand, colors, theme):
    brand(colors=colors)

    assert client.get("/manifeste/").json()["theme_color"] == theme


@pytest.mark.parametrize("path", ["/aide/", "/soutien-scolaire/", "/accueil/", "/nulle-part/"])
def test_no_page_keeps_the_old_name(client, brand, path):
    brand(name="Carte Ados")
    text = client.get(path).text

    assert "Carte Ados" in text
    assert not re.search(r"Pass ?\+", text)


@pytest.mark.parametrize("page", ["400.html", "500.html", "503.html"])
def test_the_pages_without_context_know_it_too(brand, page):
    brand(name="Carte Ados", colors=["#004b8d", "#ffe000"])
    text = render_to_string(page)

    assert "Carte Ados" in text
    assert "/marque/" in text
    assert "Pass+" not in text
