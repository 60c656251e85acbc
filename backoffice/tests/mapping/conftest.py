import pytest

from partners.tests.factories import make_commune


@pytest.fixture(autouse=True)
def communes(db):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")
