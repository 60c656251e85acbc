import pytest

from accounts.tests.factories import make_user

from .agents import role


@pytest.fixture
def adviser():
    return role(
        make_user("adviser", first_name="Agnès", last_name="BERNARD", is_staff=True), "téléconseiller"
    )
