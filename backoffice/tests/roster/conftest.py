import pytest

from accounts.tests.factories import make_beneficiary, make_user

from .rosters import BIRTH


@pytest.fixture
def zoe():
    """Who is there."""
    return make_beneficiary(
        make_user("anne", first_name="Anne", last_name="MARTIN", email=""),
        pupil_number="0123458",
        first_name="Zoé",
        last_name="FAUVEL",
        birth_year=BIRTH,
        insee_code="92071",
    )
