"""The database folds names as `simplified` does."""

import string
from importlib import import_module

import pytest
from django.db import connection

from core.spelling import simplified

first = import_module("core.migrations.0004_folded")
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
    *("ANNE.B (C/D)", "Noël’s", "L'HÔPITAL-d’Azy", "ÉLÉONORE Œdipe", "Às À l’Où", ""),
]


@pytest.mark.parametrize("name", NAMES)
def test_as_python_does(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_folded(%s)", [name])
        [folded] = cursor.fetchone()
    assert " ".join(folded.split()) == simplified(name)


@pytest.mark.parametrize("beside", ["", "é", "Ł"])
def test_each_letter_beside_others(beside):
    """The indexes were made of what the function answered before it looked for French first."""
    letters = [
        *first.ACCENTED,
        *first.TWO,
        *first.SIGNS.replace("''", "'"),
        *string.ascii_letters,
        *string.digits,
    ]
    with connection.cursor() as cursor:
        for letter in letters:
            cursor.execute("SELECT core_folded(%s)", [f"{letter}{beside}"])
            [folded] = cursor.fetchone()
            assert (letter, folded.strip()) == (letter, simplified(f"{letter}{beside}"))
