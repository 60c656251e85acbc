import pytest

from accounts.tests.factories import make_agent
from payments.tests.factories import make_use
from payments.tests.paid import make_sent


@pytest.fixture
def preparer(enter):
    return enter(make_agent("paiements"))


@pytest.fixture
def batch():
    make_use("10.00"), make_use("20.00")
    return make_sent()
