import pytest

from accounts.tests.factories import make_user

from .links import OLD


@pytest.fixture
def user(client):
    user = make_user("camille", email=OLD)
    client.force_login(user)
    return user
