"""The service as an application of the telephone: manifest, icons, service worker."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

pytestmark = pytest.mark.django_db


def test_the_manifest_bears_the_brand(client, settings):
    settings.BRAND = settings.BRAND | {"name": "Pass’Loisirs", "territory": "Creuse"}
    response = client.get("/manifeste/")

    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["short_name"] == "Pass’Loisirs"
    assert response.json()["name"] == "Pass’Loisirs Creuse"


def test_the_icons_have_the_size_they_announce(client):
    icons = client.get("/manifeste/").json()["icons"]

    for icon in icons:
        with Image.open(settings.BASE_DIR / icon["src"].lstrip("/")) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
    assert [icon.get("purpose") for icon in icons] == [None, None, "maskable"]


def test_pages_lead_to_the_manifest(client):
    assert '<link rel="manifest" href="/manifeste/">' in client.get("/accueil/").text


def test_the_service_worker_rules_the_whole_site(client):
    response = client.get("/service-worker/")

    assert response.headers["Content-Type"] == "text/javascript"
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("colors", [[], ["#0055a4", "#8ab8ff"]])
def test_it_keeps_the_offline_page_and_what_that_is_made_of(client, settings, colors):
    settings.BRAND = settings.BRAND | {"colors": colors}
    [kept] = re.findall(r"KEPT = \[(.*?)\];", client.get("/service-worker/").text, re.DOTALL)
    page = client.get("/hors-ligne/").text

    assert "OFFLINE" in kept
    made_of = re.findall(r'<(?:link[^>]*href|script[^>]*src)="([^"]+)"', page)
    assert set(made_of) == set(re.findall(r'"([^"]+)"', kept))


def test_it_knows_the_address_that_says_which_copies_are_good():
    """The script is a static file, and cannot ask the resolver."""
    script = (settings.BASE_DIR / "static/js/copies.js").read_text()

    assert f'CHECK = "{reverse("tickets:check_copies")}"' in script
