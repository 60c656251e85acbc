import pytest

from backoffice.tests.imports.importing import make_manager
from partners.tests.factories import make_commune


@pytest.fixture(autouse=True)
def communes(db):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


@pytest.fixture
def agent(enter):
    agent = make_manager()
    enter(agent)
    return agent
