import pytest

from accounts.tests.factories import make_user

NEW = "trois tulipes mauves"


@pytest.fixture
def user():
    return make_user("camille")
