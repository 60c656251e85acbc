import pytest

from accounts.tests.factories import make_telephone, make_user


@pytest.fixture
def agent(client):
    """Who has given the password, and nothing else."""
    agent = make_user("agent", is_staff=True, is_superuser=True)
    client.force_login(agent)
    return agent


@pytest.fixture
def telephone(agent):
    return make_telephone(agent)
