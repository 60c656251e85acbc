"""The logs tell which page failed, and not the secret that its address carries."""

import io
import logging

import pytest

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(monkeypatch):
    [console] = [it for it in logging.getLogger().handlers if type(it) is logging.StreamHandler]
    stream = io.StringIO()
    monkeypatch.setattr(console, "stream", stream)
    return stream


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/accueil/premiere-connexion/camille/{}/", "Not Found: /accueil/premiere-connexion/camille/…/"),
        ("/mon-compte/e-mail/{}/", "Not Found: /mon-compte/e-mail/…/"),
        ("/T/{}/", "Not Found: /T/…/"),
        ("/nulle-part/", "Not Found: /nulle-part/"),
    ],
)
def test_a_page_that_is_not_found(client, logged, address, said):
    client.force_login(make_user())
    secret = "0000000000000"
    client.get(address.format(secret))

    assert logged.getvalue() == f"{said}\n"


def test_a_page_that_breaks(client, logged, monkeypatch):
    def broken(**_):
        raise OSError

    monkeypatch.setattr("accounts.services.exchange_code", broken)
    client.raise_request_exception = False
    client.get("/accueil/premiere-connexion/camille/0000000000000/")

    assert "Internal Server Error: /accueil/premiere-connexion/camille/…/" in logged.getvalue()
    assert "0000000000000" not in logged.getvalue()
