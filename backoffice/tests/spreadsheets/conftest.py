import pytest

from accounts.tests.factories import in_letters, make_beneficiary
from backoffice.tests.roster.rosters import BIRTH


@pytest.fixture(autouse=True)
def college():
    """That of every line."""
    make_beneficiary(pupil_number="AUTRE000", is_enrolled=False)


@pytest.fixture
def enrolled():
    return [
        make_beneficiary(
            pupil_number=number, first_name=f"Zoé {in_letters(number)}", last_name="MARTIN", birth_year=BIRTH
        )
        for number in ("G1301", "G1302", "G1303", "G1304")
    ]
