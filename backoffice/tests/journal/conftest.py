import pytest

from accounts.tests.factories import make_user


@pytest.fixture
def agent(enter):
    agent = make_user("agnes", first_name="Agnès", last_name="BERNARD", is_staff=True, is_superuser=True)
    enter(agent)
    return agent
