import pytest

from accounts.tests.factories import make_agent
from backoffice.tests.proposals.desk import Desk


@pytest.fixture
def one(enter, client):
    return Desk(enter, client, make_agent(username="agnes"))


@pytest.fixture
def other(enter, client):
    return Desk(enter, client, make_agent(username="basile"))
