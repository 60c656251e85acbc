import pytest

from accounts.tests.factories import make_user
from wallets.tests.factories import make_campaign


@pytest.fixture
def agent():
    return make_user(is_staff=True)


@pytest.fixture
def campaign():
    return make_campaign()
