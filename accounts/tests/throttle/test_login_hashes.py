"""Who waits costs no hash, and an unknown account as many as a known one."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.tests.factories import make_user

from .places import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords have been hashed."""
    work = SimpleNamespace(count=0)
    encode = MD5PasswordHasher.encode

    def count(self, *args):
        work.count += 1
        return encode(self, *args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    return work


def test_who_waits_costs_no_hash(client, hashed):
    make_user("camille")
    for _ in range(5):
        log_in(client, password="faux")
    before = hashed.count
    log_in(client)

    assert hashed.count == before


def test_a_known_account_and_an_unknown_one_are_alike(client, hashed):
    """The same texts, statuses, queries and hashes, from the first attempt to the refused ones."""
    make_user("camille")
    make_user("fermee", is_active=False)

    def seen(username):
        for _ in range(7):
            before = hashed.count
            with CaptureQueriesContext(connection) as queries:
                response = log_in(Client(), username, "faux", address=f"2001:db8:{len(username)}::1")
            text = response.text.replace(username, "X").partition("csrfmiddlewaretoken")[0]
            yield response.status_code, text, len(queries), hashed.count - before

    known = list(seen("camille"))
    assert [status for status, *_ in known] == [200] * 5 + [429] * 2
    assert list(seen("personne")) == known
    assert list(seen("fermee")) == known
