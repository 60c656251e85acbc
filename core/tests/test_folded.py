"""The database folds names as `simplified` does."""

import pytest
from django.db import connection

from core.spelling import simplified

pytestmark = pytest.mark.django_db

NAMES = [
    *(
        "Inès GAUTHIER",
        "Maëlys",
        "D’ARTAGNAN",
        "Le Gall",
        "ŁUCJA",
        "Œdipe",
        "Straße",
        "Jean-François",
        "Çağla",
    ),
    *("O'Brien", "Ñuñez", "Ýrsa", "ĎURIŠ", "Þór", "Łukasz ŻÓŁĆ", "İpek", "Nuñez–López"),
]


@pytest.mark.parametrize("name", NAMES)
def test_as_python_does(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_folded(%s)", [name])
        [folded] = cursor.fetchone()
    assert " ".join(folded.split()) == simplified(name)
