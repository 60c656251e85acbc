import pytest

from accounts.tests.factories import make_beneficiary, make_user
from operations import metrics
from wallets.tests.factories import make_wallet

from .reading import read


@pytest.fixture
def counted():
    """`counted(name, *labels)`: by how much that number has grown during this test."""
    before = read(metrics.reading().decode())

    def grown(*key):
        return read(metrics.reading().decode()).get(key, 0) - before.get(key, 0)

    return grown


@pytest.fixture
def parent(db):
    return make_user("camille")


@pytest.fixture
def wallet(parent):
    return make_wallet("60", beneficiary=make_beneficiary(parent))
