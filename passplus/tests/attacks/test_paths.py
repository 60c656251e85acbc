"""Path traversal: a file of the server, asked for by the way round."""

import pytest
from django.test import Client

from backoffice.models import Import, Sort

from . import rights
from .routes import body_of, every_route

pytestmark = pytest.mark.django_db

UP = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "....//", "..\\", "..%5c", "%c0%ae%c0%ae/", "..;/"]
FILES = ["passplus/settings.py", "manage.py", ".env", "etc/passwd", "proc/self/environ"]
SECRETS = [b"SECRET_KEY", b"root:", b"DJANGO_SETTINGS_MODULE", b"DATABASE_URL"]


def leaks(path):
    response = Client(raise_request_exception=False).get(path)
    body = body_of(response)
    return response.status_code not in {400, 404, 301, 302} or any(secret in body for secret in SECRETS)


@pytest.mark.parametrize("up", UP)
def test_no_way_round_leads_to_a_file(up):
    roots = ["/", "/static/", "/static/css/", "/static/leaflet/", "/actualites/", "/admin/"]
    asked = [root + depth * up + file for root in roots for file in FILES for depth in (1, 3, 7)]

    assert [path for path in asked if leaks(path)] == []


def test_the_control_what_is_to_be_had_is_had():
    assert leaks("/favicon.ico")


def test_what_an_agent_brought_is_served_nowhere(world):
    """Not as HTML, nor as anything else: it is read, and only what was read is shown."""
    brought = b"<html><script>alert('brought')</script>"
    name = "../../static/<script>brought.html"
    job = Import.objects.create(
        sort=Sort.ROSTER, name=name, content=brought, owner=world.people[rights.MANAGER]
    )
    client = world.client(rights.MANAGER)
    for route in every_route():
        if "backoffice/import/" in route:
            page = client.get(
                world.address(route).replace(str(world.rows["backoffice/import"].pk), str(job.pk))
            )
            assert brought not in page.getvalue()
            assert b"<script>brought" not in page.getvalue()
