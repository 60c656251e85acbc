"""Answers that are forged, expired, replayed or mixed up; and a provider that is slow, wrong or away."""

import time

import pytest
from django.contrib.auth import get_user
from joserfc.jwk import ECKey, OctKey

from accounts.openid import connection
from accounts.tests.factories import PASSWORD, make_user

from .provider import Answer

pytestmark = pytest.mark.django_db
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def camille(client, link):
    """Whom « somebody » opens; nobody is connected."""
    user = make_user("camille")
    link("camille", PASSWORD)
    client.post("/deconnexion/")
    return user


@pytest.fixture
def refused(client, camille):
    """`refused(response)`: nobody came in, and the login page says what to do."""

    def check(response):
        assert response.headers["Location"] == "/accueil/"
        assert get_user(client).is_anonymous
        assert "n’a pas pu dire qui vous êtes" in client.get("/accueil/").content.decode()
        return True

    return check


def test_control_the_same_answer_unforged_comes_in(client, camille, come_back):
    come_back()

    assert get_user(client) == camille


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param({"exp": int(time.time()) - 3600}, id="expired"),
        pytest.param({"exp": None}, id="for ever"),
        pytest.param({"nonce": "of another visit"}, id="replayed"),
        pytest.param({"nonce": None}, id="without a nonce"),
        pytest.param({"aud": "another-site"}, id="for another site"),
        pytest.param({"aud": ["another-site"], "azp": "pass-92"}, id="for another site, by us"),
        pytest.param({"iss": "https://elsewhere.example"}, id="of another provider"),
        pytest.param({"sub": ""}, id="of nobody"),
        pytest.param({"sub": 12}, id="of a number"),
        pytest.param({"sub": "x" * 256}, id="of a book"),
    ],
)
def test_what_it_claims_is_not_for_this_visit(refused, come_back, forged):
    assert refused(come_back(**forged))


def test_another_key_signed_it(refused, come_back):
    assert refused(come_back(key=ECKey.generate_key("P-256", {"kid": "ours"}, private=True)))


def test_signed_by_what_we_both_know(refused, come_back):
    """An algorithm that the provider does not say it uses: its public key would be the secret."""
    assert refused(come_back(key=OctKey.import_key("secret" * 8), alg="HS256"))


def test_another_browser_is_made_to_come_back(client, refused, provider):
    """The state is of the visitor who left, and of nobody else."""
    there = client.get("/accueil/franceconnect/").headers["Location"]
    sent = provider.vouch(there, subject="somebody")
    client.cookies.clear()

    assert refused(client.get("/accueil/franceconnect/retour/", sent))


def test_the_same_address_twice(client, camille, refused, provider):
    there = client.get("/accueil/franceconnect/").headers["Location"]
    sent = provider.vouch(there, subject="somebody")
    client.get("/accueil/franceconnect/retour/", sent)
    assert get_user(client) == camille
    client.post("/deconnexion/")

    assert refused(client.get("/accueil/franceconnect/retour/", sent))


def test_an_answer_of_one_provider_is_none_of_the_other(client, refused, provider):
    there = client.get("/accueil/proconnect/").headers["Location"]

    assert refused(client.get("/accueil/franceconnect/retour/", provider.vouch(there, subject="somebody")))


def test_a_code_that_the_provider_does_not_know(client, refused, provider):
    there = client.get("/accueil/franceconnect/").headers["Location"]
    sent = provider.vouch(there, subject="somebody") | {"code": "guessed"}

    assert refused(client.get("/accueil/franceconnect/retour/", sent))


def test_who_changed_its_mind_there(client, refused, provider):
    client.get("/accueil/franceconnect/")

    assert refused(client.get("/accueil/franceconnect/retour/", {"error": "access_denied", "state": "x"}))


@pytest.mark.parametrize("address", [DISCOVERY, "/jwks", "/token"])
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(Answer(b"", 500), id="broken"),
        pytest.param(Answer(b"<html>", 200), id="a page"),
        pytest.param(Answer(b"{}", 200), id="nothing"),
        pytest.param(Answer(b"[]", 200), id="a list"),
    ],
)
def test_a_provider_that_answers_wrongly(client, camille, refused, provider, address, said):
    connection._client.cache_clear()
    if address == DISCOVERY:
        provider.instead[address] = said
        assert refused(client.get("/accueil/franceconnect/"))
        return
    there = client.get("/accueil/franceconnect/").headers["Location"]
    provider.instead[address] = said

    assert refused(client.get("/accueil/franceconnect/retour/", provider.vouch(there, subject="somebody")))


def test_what_it_said_wrongly_once_is_asked_again(client, refused, provider, come_back, camille):
    connection._client.cache_clear()
    provider.instead[DISCOVERY] = Answer(b"{}")
    refused(client.get("/accueil/franceconnect/"))
    provider.instead.clear()

    come_back()
    assert get_user(client) == camille


def test_a_provider_that_does_not_answer(client, refused, provider, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.05)
    connection._client.cache_clear()
    provider.instead[DISCOVERY] = Answer(b"{}", after=0.5)

    assert refused(client.get("/accueil/franceconnect/"))


def test_a_provider_that_is_away(client, refused, provider, settings):
    said = settings.SERVICES["franceconnect"] | {"issuer": "http://127.0.0.1:9"}
    settings.SERVICES = {"franceconnect": said}

    assert refused(client.get("/accueil/franceconnect/"))


def test_who_is_connected_is_not_told_to_connect(client, provider):
    client.force_login(make_user("camille"))
    provider.instead[DISCOVERY] = Answer(b"", 500)
    connection._client.cache_clear()

    page = client.get("/accueil/franceconnect/", follow=True).text
    assert "n’a pas pu dire qui vous êtes. Recommencez plus tard." in page


class TestWhatClosesTheDoor:
    """Whoever knew the password may have given itself this door: it closes with the password."""

    def test_another_password(self, client, camille, come_back):
        camille.set_password("une autre phrase secrète")
        camille.save(update_fields=["password"])

        assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"

    def test_the_sessions_ended(self, client, camille, come_back):
        camille.session_salt = "anew"
        camille.save(update_fields=["session_salt"])

        assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"

    def test_the_account_closed(self, client, camille, come_back):
        camille.is_active = False
        camille.save(update_fields=["is_active"])

        assert come_back().headers["Location"] == "/accueil/franceconnect/associer/"
        assert get_user(client).is_anonymous


def test_a_wrong_password_links_nothing(client, link):
    camille = make_user("camille")
    page = link("camille", "wrong")

    assert "n’est pas le bon" in page.content.decode()
    assert not camille.linked_identities.exists()


def test_nobody_links_who_did_not_come_back(client, provider):
    make_user("camille")
    page = client.post("/accueil/franceconnect/associer/", {"username": "camille", "password": PASSWORD})

    assert page.headers["Location"] == "/accueil/franceconnect/"


def test_who_came_back_and_walked_away_is_not_linked_to_who_comes_next(client, come_back, monkeypatch):
    """Of a computer that others use: the next one types its own password, for its own account."""
    camille = make_user("camille")
    come_back()
    left_at = time.time()
    monkeypatch.setattr(time, "time", lambda: left_at + 11 * 60)
    page = client.post("/accueil/franceconnect/associer/", {"username": "camille", "password": PASSWORD})

    assert page.headers["Location"] == "/accueil/franceconnect/"
    assert not camille.linked_identities.exists()
