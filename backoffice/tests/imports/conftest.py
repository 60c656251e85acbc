import pytest

from accounts.models import School
from accounts.tests.factories import in_letters, make_beneficiary
from backoffice.tests.roster.rosters import BIRTH
from partners.tests.factories import make_commune


@pytest.fixture(autouse=True)
def communes(db):
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


@pytest.fixture
def staying():
    """Who is in the file."""
    return make_beneficiary(
        pupil_number="E0001", first_name="Lina", last_name="MARTIN", birth_year=BIRTH, insee_code="92071"
    )


@pytest.fixture
def leavers(staying):
    """Who is not, of two collèges."""
    School.objects.create(uai="0920002A", name="Lakanal", insee_code="92071")
    return [
        # In the order of their names.
        make_beneficiary(
            pupil_number=f"P000{number}", last_name=f"LEAVER {in_letters(number)}", school_id=school
        )
        for number, school in enumerate(("0920001X", "0920002A", "0920002A"))
    ]
