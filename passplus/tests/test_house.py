"""The plan of the house, held by a test: who imports whom, which doors are open, nothing left behind."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from operations.probes import PROBES
from passplus.architecture.rooms import imported

pytestmark = pytest.mark.any_database

# Each room imports only those before it.
LINE = ["core", "accounts", "wallets", "partners", "tickets", "privacy", "backoffice", "operations", "demo"]
MAY_IMPORT = {app: set(LINE[: LINE.index(app)]) for app in LINE}
# Its texts name the dates and amounts of a campaign.
MAY_IMPORT["content"] = {"core", "accounts", "wallets"}
for right_of_it in ("backoffice", "operations", "demo"):
    MAY_IMPORT[right_of_it] |= {"content"}
MAY_IMPORT["passplus"] = {*MAY_IMPORT}
MAY_IMPORT["proof"] = {*MAY_IMPORT}

OPEN = {
    "",
    ".well-known/security.txt",
    "Accueil/",
    "accessibilite/",
    "accueil/",
    "accueil/identifiants-oublies/",
    "accueil/identifiants-oublies/envoye/",
    "accueil/nouveau-mot-de-passe/<uidb64>/<token>/",
    "accueil/premiere-connexion/",
    "accueil/reconnaitre-cet-appareil/",
    "accueil/premiere-connexion/<str:username>/<str:code>/",
    "actualites/",
    "actualites/<slug:slug>/",
    "actualites/flux/",
    "aide/",
    "aide/guide/",
    "contact/",
    "donnees-ouvertes/",
    "donnees-ouvertes/organismes/csv/",
    "donnees-ouvertes/organismes/geojson/",
    "donnees-personnelles/",
    "hors-ligne/",
    "manifeste/",
    "mon-compte/e-mail/<str:token>/",
    "mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/",
    "marque/",
    "mentions-legales/",
    "partenaires/",
    "partenaires/carte/",
    "partenaires/proposer/",
    "partenaires/proposer/merci/",
    "plan-du-site/",
    "rappels/<str:token>/",
    "service-worker/",
    "soutien-scolaire/",
    "violations/",
    "admin/login/",
    # For machines, before any middleware that would ask who is there.
    "/healthz",
    "/metrics",
    "/readyz",
}


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_the_arrows_point_one_way(app):
    wrong = {
        f"{path.relative_to(settings.BASE_DIR)} → {other}"
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "tests" not in path.parts
        for other in ({*imported(path)} & {*MAY_IMPORT}) - MAY_IMPORT[app] - {app}
    }

    assert wrong == set()


# The apps of the administration, in the order in which they were registered.
ITS_APPS = re.compile(r"\(\?P<app_label>[\w|]+\)")


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        route = prefix + ITS_APPS.sub("<app_label>", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


def test_pages_are_closed_by_default_and_these_are_open():
    found = {
        route
        for route, pattern in routes(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }

    assert found | set(PROBES) == OPEN


def test_paths_are_lower_case_and_end_with_a_slash():
    ours = [route for route, _ in routes(get_resolver()) if not route.startswith("admin/")]
    strange = [route for route in ours if route and not route.endswith("/")]

    # Where a standard wants it, not we.
    assert strange == [".well-known/security.txt"]
    assert [route for route in ours if route != route.lower()] == ["Accueil/", "T/<str:code>/"]


def test_every_template_is_used():
    sources = [*settings.BASE_DIR.glob("*/**/*.py"), *(settings.BASE_DIR / "templates").rglob("*")]
    text = "\n".join(
        path.read_text()
        for path in sources
        if path.suffix in {".py", ".html", ".txt"} and not {".venv", "tests"} & set(path.parts)
    )
    by_convention = {"400.html", "403.html", "404.html"}
    root = settings.BASE_DIR / "templates"
    unused = {
        name
        for path in root.rglob("*")
        if path.is_file()
        and not (name := str(path.relative_to(root))).startswith("icons/")
        and f'"{name}"' not in text
        # An e-mail is a pair, named without its suffixes.
        and not (name.startswith("mail/") and f'"{name.rpartition(".")[0]}"' in text)
    }

    assert unused == by_convention


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [("/accueil/", 200), ("/aide/", 200), ("/nulle-part/", 404), ("/%00", 400), ("/admin/", 302)],
)
def test_headers_on_every_kind_of_response(path, status):
    response = Client(raise_request_exception=False).get(path)

    assert response.status_code == status
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
