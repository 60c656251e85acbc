"""Which doors are open, how addresses are written, and what every answer says."""

import pytest
from django.test import Client
from django.urls import get_resolver

from operations.probes import PROBES
from passplus.tests.routes import routes

pytestmark = pytest.mark.any_database
OPEN = {
    "",
    ".well-known/security.txt",
    "Accueil/",
    "accessibilite/",
    "accueil/",
    "accueil/identifiants-oublies/",
    "accueil/identifiants-oublies/envoye/",
    "accueil/nouveau-mot-de-passe/<uidb64>/<token>/",
    "accueil/<openid:key>/",
    "accueil/<openid:key>/retour/",
    "accueil/<openid:key>/associer/",
    "accueil/pas-encore-inscrit/",
    "accueil/pas-encore-inscrit/envoye/",
    "devenir-partenaire/",
    "accueil/premiere-connexion/",
    "accueil/reconnaitre-cet-appareil/",
    "accueil/premiere-connexion/<str:username>/<str:code>/",
    "actualites/",
    "actualites/<slug:slug>/",
    "actualites/flux/",
    "aide/",
    "aide/guide/",
    "contact/",
    "contact/envoye/",
    "donnees-ouvertes/",
    "donnees-ouvertes/organismes/csv/",
    "donnees-ouvertes/organismes/geojson/",
    "donnees-personnelles/",
    "hors-ligne/",
    # Which copies of tickets a device may still show: nobody's, to who is not connected.
    "hors-ligne/tickets/",
    "manifeste/",
    "mon-compte/e-mail/<str:token>/",
    "mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/",
    "marque/",
    "mentions-legales/",
    "partenaires/",
    "partenaires/<number:partner_id>/",
    "partenaires/carte/",
    "partenaires/proposer/",
    "partenaires/proposer/merci/",
    "plan-du-site/",
    "e-mails/<str:token>/",
    "rappels/<str:token>/",
    "service-worker/",
    "soutien-scolaire/",
    "violations/",
    # Who has the link is who it was sent to.
    "accueil/pas-encore-inscrit/<str:token>/",
    "invitation/<str:token>/",
    "invitation/<str:token>/nouveau-compte/",
    "responsable/<str:token>/",
    "responsable/<str:token>/nouveau-compte/",
    "compte-bancaire/ce-n-est-pas-nous/<str:token>/",
    "admin/login/",
    # What a ticket is, to who scans it; the ticket itself is its family's.
    "T/<str:code>/",
    # For machines, before any middleware that would ask who is there.
    "/healthz",
    "/metrics",
    "/readyz",
}


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
