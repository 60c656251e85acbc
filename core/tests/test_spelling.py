"""What people write in several ways is written in one: in columns, names, questions and passwords."""

import pytest

from accounts.usernames import wanted
from core.spelling import simplified


@pytest.mark.parametrize(
    ("written", "simple"),
    [
        ("Numéro d’élève * ", "numero d eleve"),
        ("N° (facultatif)", "n facultatif"),
        ("L'ŒUVRE  – Ægir_2", "l oeuvre aegir 2"),
        # As macOS writes it: the accent is a letter of its own.
        ("e\N{COMBINING ACUTE ACCENT}cole", "ecole"),
        ("Yıldız ŁUCJA Øystein Đặng", "yildiz lucja oystein dang"),
        ("Straße", "strasse"),
        ("€ * …", ""),
    ],
)
def test_accents_capitals_and_signs_do_not_count(written, simple):
    assert simplified(written) == simple


@pytest.mark.parametrize(
    ("first_name", "last_name", "username"),
    [
        ("Lina-Zoé", "D’ÉON MARTIN", "lina-zoe.d-eon-martin"),
        ("Elif", "YILDIZ", "elif.yildiz"),
        ("Łucja", "Yıldız", "lucja.yildiz"),
        ("Анна", "Đặng 2", "anna.dang"),
        ("?", "…", "eleve.eleve"),
    ],
)
def test_an_identifiant_is_in_the_letters_of_a_keyboard(first_name, last_name, username):
    assert wanted(first_name, last_name) == username
