"""MAINTENANCE closes the service to families, and says so."""

import pytest
from django.test import Client


@pytest.fixture
def closed(settings):
    settings.MAINTENANCE = True


@pytest.mark.parametrize("path", ["/", "/accueil/", "/mon-compte/", "/partenaires/", "/nulle-part/"])
def test_every_page_says_that_it_comes_back(client, closed, path):
    """Without any query: the database may be what is being maintained."""
    response = client.get(path)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "<h1>Le service est en maintenance</h1>" in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_form_is_not_taken(closed):
    assert Client(enforce_csrf_checks=True).post("/accueil/", {"username": "camille"}).status_code == 503


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/"])
@pytest.mark.django_db
def test_agents_still_come_in(client, closed, path):
    assert client.get(path).status_code in {200, 302}


@pytest.mark.django_db
def test_the_service_is_open_by_default(client):
    assert client.get("/accueil/").status_code == 200
