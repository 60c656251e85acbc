import pytest

from accounts.tests.factories import make_beneficiary, make_user
from wallets.tests.factories import make_wallet


@pytest.fixture
def culture(client):
    """The Culture wallet of a child whose parent is connected, with 60 euros."""
    parent = make_user()
    client.force_login(parent)
    return make_wallet("60", beneficiary=make_beneficiary(parent, first_name="Garance"))
