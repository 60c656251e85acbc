import pytest

from accounts.tests.factories import make_beneficiary, make_user
from wallets.tests.factories import make_wallet


@pytest.fixture
def parent(client):
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def wallet(parent):
    return make_wallet("1000", beneficiary=make_beneficiary(parent))
