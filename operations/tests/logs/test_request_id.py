"""The id of a request."""

import re

import pytest
from django.db import OperationalError

from .faults import SECRET, fails_with

pytestmark = pytest.mark.django_db


def test_each_request_has_its_own(client):
    ids = {client.get(path)["X-Request-ID"] for path in ("/accueil/", "/accueil/", "/nulle-part/")}

    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}", it) for it in ids)


@pytest.mark.parametrize(
    ("proxy", "given", "taken"),
    [
        (True, "8f14e45fceea167a5a36dedd4bea2543", True),
        (False, "8f14e45fceea167a5a36dedd4bea2543", False),
        (True, "trop court"[:4], False),
        (True, "x" * 65, False),
        (True, 'injecté","status":200', False),
    ],
)
def test_one_given_by_our_proxy(client, settings, proxy, given, taken):
    settings.SECURE_PROXY = proxy
    answer = client.get("/accueil/", headers={"X-Request-ID": given, "X-Forwarded-For": "192.0.2.1"})

    assert (answer["X-Request-ID"] == given) == taken


@pytest.mark.parametrize(
    ("trouble", "status"), [(ValueError("camille"), 500), (OperationalError("lock timeout"), 503)]
)
def test_a_family_reads_it_to_the_hotline(visitor, lines, monkeypatch, trouble, status):
    fails_with(monkeypatch, trouble)
    answer = visitor.get(f"/accueil/premiere-connexion/camille/{SECRET}/")

    assert answer.status_code == status
    assert f"donnez cette référence\N{NO-BREAK SPACE}: <b>{answer['X-Request-ID']}</b>" in answer.text
    assert {line["request_id"] for line in lines()} == {answer["X-Request-ID"]}


def test_so_does_the_page_of_a_maintenance(client, settings):
    settings.MAINTENANCE = True
    answer = client.get("/")

    assert f"<b>{answer['X-Request-ID']}</b>" in answer.text
