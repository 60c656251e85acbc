"""What browsers are told with every answer, errors included."""

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.tests.factories import PASSWORD, make_user

from . import rights
from .database import undone
from .header_checks import ALWAYS, wanting
from .routes import body_of, every_pattern, every_route

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Their address opens something: not even our own pages learn it, only where it came from.
OPENED_BY_THEIR_ADDRESS = {
    "accueil/nouveau-mot-de-passe/<uidb64>/<token>/",
    "accueil/pas-encore-inscrit/<str:token>/",
    "mon-compte/e-mail/<str:token>/",
    "mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/",
    "invitation/<str:token>/",
    "invitation/<str:token>/nouveau-compte/",
    "responsable/<str:token>/",
    "responsable/<str:token>/nouveau-compte/",
    "compte-bancaire/ce-n-est-pas-nous/<str:token>/",
}
# To a counter that may use it; whoever else asks is sent away, and learns nothing.
OF_A_TICKET = f"{rights.COUNTER}code/<str:code>/"


def break_down(request, **_):
    raise RuntimeError


def be_busy(request, **_):
    raise OperationalError


def planted(monkeypatch, view):
    pattern = next(pattern for route, pattern in every_pattern() if route == "aide/")
    view.login_required = False
    monkeypatch.setattr(pattern, "callback", view)


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("persona", [rights.ANONYMOUS, rights.GUARDIAN, rights.MEMBER, rights.MANAGER])
def test_every_address_gives_them_and_no_cache_keeps_what_is_about_somebody(world, persona):
    client = world.client(persona)
    wants, kept = {}, []
    for route in every_route():
        with undone():
            response = client.get(world.address(route), secure=True)
        if route in OPENED_BY_THEIR_ADDRESS or (route == OF_A_TICKET and response.status_code == 200):
            assert response.headers["Referrer-Policy"] == "strict-origin"
            response.headers["Referrer-Policy"] = ALWAYS["Referrer-Policy"]
        if missing := wanting(response, route):
            wants[route] = missing
        if not {"no-store", "private"} & set(response.get("Cache-Control", "").split(", ")):
            kept.append(route)

    assert wants == {}
    assert persona == rights.ANONYMOUS or kept == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("/healthz", 200), ("/readyz", 200), ("/metrics", 404)),
        *(("/favicon.ico", 200), ("/static/nulle-part.css", 404)),
        *(("/nulle-part/", 404), ("/%00", 400), ("/aide", 301), ("/donnees-ouvertes/organismes/csv/", 200)),
    ],
)
def test_so_do_files_probes_and_errors(browser, path, status):
    response = browser.get(path, secure=True)
    body_of(response)

    assert response.status_code == status
    assert wanting(response) == []


def test_so_do_refusals(browser, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    csrf = Client(enforce_csrf_checks=True)
    refusals = {
        400: browser.get("/accueil/", headers={"Host": "ailleurs.example"}, secure=True),
        403: csrf.post("/accueil/", secure=True),
        405: browser.put("/accueil/", secure=True),
    }

    for status, response in refusals.items():
        assert response.status_code == status
        assert wanting(response) == [], status


@pytest.mark.parametrize(("view", "status"), [(break_down, 500), (be_busy, 503)])
def test_so_does_a_breakdown(browser, monkeypatch, view, status):
    planted(monkeypatch, view)
    response = browser.get("/aide/", secure=True)

    assert response.status_code == status
    assert wanting(response) == []


def test_so_does_who_has_to_wait(browser):
    for _ in range(6):
        response = browser.post("/accueil/", {"username": "camille", "password": "faux"}, secure=True)

    assert response.status_code == 429
    assert wanting(response) == []


def test_so_does_a_maintenance(browser, settings):
    settings.MAINTENANCE = True
    response = browser.get("/accueil/", secure=True)

    assert response.status_code == 503
    assert wanting(response) == []


def test_so_does_the_way_to_tls(settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/accueil/", headers={"Host": "ailleurs.example"})

    assert response.status_code == 301
    # In clear it would not be heard.
    assert wanting(response) == ["Strict-Transport-Security"]


def test_the_control_an_answer_without_them(browser, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csp" not in name and "Frame" not in name]

    assert {"X-Frame-Options", "frame-ancestors 'none'"} <= set(wanting(browser.get("/aide/", secure=True)))


@pytest.mark.parametrize(
    "route", sorted(route for route in rights.RIGHTS if "token>" in route or ":code>" in route)
)
def test_nor_one_that_a_secret_link_leads_to(world, route):
    response = world.client(rights.ANONYMOUS).get(world.address(route), secure=True)

    assert "no-store" in response.get("Cache-Control", "") or response.status_code == 302


def test_every_cookie_is_of_this_host_alone(settings):
    client = Client()
    make_user("camille")
    client.get("/accueil/", secure=True)
    client.post("/accueil/", {"username": "camille", "password": "pas le bon"}, secure=True)
    client.post("/accueil/", {"username": "camille", "password": PASSWORD, "remember": "on"}, secure=True)
    client.post("/mon-compte/e-mails/", secure=True)
    client.post("/partenaires/", {"latitude": "48.75", "longitude": "2.3"}, secure=True)

    assert set(client.cookies) == {
        *("__Host-sessionid", "__Host-csrftoken", "__Host-device", "__Host-messages"),
        *("__Host-refus", "__Host-position"),
    }
    for cookie in client.cookies.values():
        said = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"])
        assert said == (True, True, "Lax", "/", ""), cookie.key


def test_who_found_a_hole_knows_whom_to_tell(client):
    response = client.get("/.well-known/security.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:" in response.text
    assert "Expires: 20" in response.text
    assert "Canonical: https://pass.example/.well-known/security.txt" in response.text
