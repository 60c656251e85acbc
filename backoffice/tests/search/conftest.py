import pytest

from accounts.models import School
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_commune


@pytest.fixture
def family(db):
    """Inès, of Colombes, her mother, and a namesake of Antony."""
    make_commune("92025", "Colombes")
    make_commune("92002", "Antony")
    School.objects.create(uai="0920077M", name="Collège Marguerite Duras", insee_code="92025")
    mother = make_user(
        "karima.benali",
        first_name="Karima",
        last_name="BENALI",
        email="karima@famille.example",
        phone="06 12 34 56 78",
        city="Colombes",
    )
    child = make_beneficiary(
        mother,
        first_name="Inès",
        last_name="GAUTHIER",
        pupil_number="920000123",
        insee_code="92025",
        school_id="0920077M",
        grade="5",
        birth_year=2014,
    )
    make_beneficiary(
        first_name="Inès", last_name="GAUTHIER", pupil_number="920000124", insee_code="92002", grade="3"
    )
    return child
