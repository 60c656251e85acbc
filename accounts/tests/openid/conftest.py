import pytest

from accounts.openid import connection

from .provider import CLIENT, started


@pytest.fixture(scope="module")
def running():
    with started() as provider:
        yield provider


@pytest.fixture
def provider(running, settings):
    """Known to the site as FranceConnect and as ProConnect; it says what it should."""
    running.instead.clear()
    running.tokens.clear()
    running.asked.clear()
    said = {"issuer": running.issuer, "client_id": CLIENT, "client_secret": "secret"}
    settings.SERVICES = {"franceconnect": said, "proconnect": said | {"client_id": "pass-92-pro"}}
    connection._client.cache_clear()
    return running


@pytest.fixture
def come_back(client, provider):
    """`come_back()`: go there, be `subject`, and return. The rest is the provider's."""

    def go(way="franceconnect", subject="somebody", **forged):
        there = client.get(f"/accueil/{way}/").headers["Location"]
        return client.get(f"/accueil/{way}/retour/", provider.vouch(there, subject=subject, **forged))

    return go


@pytest.fixture
def link(client, come_back):
    """`link("camille")`: the first time, with the password of the account."""

    def associate(username, password, key="franceconnect", subject="somebody"):
        come_back(key, subject)
        return client.post(f"/accueil/{key}/associer/", {"username": username, "password": password})

    return associate
