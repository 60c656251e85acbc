import pytest

from accounts.tests.factories import make_agent
from backoffice.acts import campaigns

from .desk import Desk


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(campaigns, "BATCH", 2)


@pytest.fixture
def one(enter, client):
    return Desk(enter, client, make_agent(username="agnes"))


@pytest.fixture
def other(enter, client):
    return Desk(enter, client, make_agent(username="basile"))
