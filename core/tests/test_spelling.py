"""What people write in several ways is written in one: in columns, names, questions and passwords."""

import pytest

from accounts.usernames import wanted
from core.spelling import at_place, french_order, of_place, of_thing, simplified, town


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


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Antony", "d’Antony", "à Antony"),
        ("Issy-les-Moulineaux", "d’Issy-les-Moulineaux", "à Issy-les-Moulineaux"),
        ("Le Plessis-Robinson", "du Plessis-Robinson", "au Plessis-Robinson"),
        ("La Garenne-Colombes", "de La Garenne-Colombes", "à La Garenne-Colombes"),
        ("Les Ulis", "des Ulis", "aux Ulis"),
        ("Sceaux", "de Sceaux", "à Sceaux"),
    ],
)
def test_towns_are_named_as_french_does(name, of, at):
    """family.md 29: « autour de Antony », « de Le Plessis-Robinson »."""
    assert of_place(name) == of
    assert at_place(name) == at


def test_of_a_thing():
    assert [of_thing(it) for it in ("judo", "équitation", "handball")] == [
        "de judo",
        "d’équitation",
        "de handball",
    ]


def test_accents_do_not_come_last():
    """family.md 30: « Équitation » after « Water-polo »."""
    names = ["Water-polo", "Équitation", "Aviron", "Aïkido", "Clarinette", "Céramique", "Escrime"]

    assert sorted(names, key=french_order) == [
        *("Aïkido", "Aviron", "Céramique", "Clarinette", "Équitation", "Escrime", "Water-polo"),
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("antony", "Antony"),
        ("issy-les-moulineaux", "Issy-les-Moulineaux"),
        ("ville-d’avray", "Ville-d’Avray"),
        ("le plessis-robinson", "Le Plessis-Robinson"),
        ("ANTONY", "ANTONY"),
        ("Antony", "Antony"),
        ("", ""),
    ],
)
def test_a_town_has_its_capitals(typed, name):
    """family.md 43: « antony » stayed « antony »."""
    assert town(typed) == name
