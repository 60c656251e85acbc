"""The level that a label of a school begins with."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.grades import agrees_with, read_grade, says_several
from accounts.models import Grade


@pytest.mark.parametrize(
    ("label", "grade"),
    [
        *((label, "6") for label in ("6e", "6EME", "6 ème", "6°", "6", "6A", "601", "6e3", "SIXIEME")),
        *((label, "5") for label in ("5EME UPE2A", "5e 4", "ULIS 5EME", "cinquième", "UPE2A 5e")),
        *((label, "4") for label in ("4EME BILANGUE", "4e", "4EME EURO", "4C", "10210012110")),
        *((label, "3") for label in ("3EME HORAIRES AMENAGES MUSIQUE", "3E PREP METIERS", "3 PM")),
        ("10010012110", "6"),
        *((label, "6") for label in ("6ÈME SEGPA", "CLASSE DE 6E", "en 6e", "6EME-A", "601/602", "610")),
    ],
)
def test_as_siecle_pronote_and_schools_write_it(label, grade):
    """cases 31, admin.md § 2, 54: the pupils who need it most, each line by hand."""
    assert read_grade(label) == Grade(grade)


@pytest.mark.parametrize(
    "label",
    [
        *("", "CM2", "CM1", "2NDE", "2nde", "1ERE", "TERMINALE", "UPE2A", "ULIS", "2014", "6000", "10"),
        *("345", "326", "50", "600", "4 rue du Bac", "5 ans", "3 mai 2014"),
        *("6e ou 5e", "6 ou 5", "4EME/3EME", "5e-4e", "6° 5°", "sixième ou cinquième", "3, 4", "601 5e"),
    ],
)
def test_what_is_no_level_of_a_college(label):
    assert read_grade(label) is None


@pytest.mark.parametrize(
    ("label", "several"),
    [
        *((label, True) for label in ("6e ou 5e", "6 à 3", "4e;3e", "3, 4", "5EME OU 4EME", "6A 5e")),
        *((label, False) for label in ("6e", "6-5", "5e 4", "6EME 3", "345", "CM2", "4E 1ERE LV", "5e, 5e")),
    ],
)
def test_of_several_levels_nobody_knows_the_one(label, several):
    """« 6e ou 5e » was read as the 6e."""
    assert says_several(label) == several
    assert not (several and read_grade(label))


@pytest.mark.parametrize("grade", Grade)
@pytest.mark.parametrize("today", [dt.date(2026, 9, 1), dt.date(2027, 6, 30)])
def test_the_year_of_birth_of_a_level(grade, today):
    """Born in 2017 and in the 3e: created without a word."""
    usual = {"6": 2015, "5": 2014, "4": 2013, "3": 2012}[grade.value]

    agrees = [year for year in range(2005, 2020) if agrees_with(grade, year, today)]
    assert agrees == [*range(usual - 3, usual + 3)]


@given(st.text(max_size=30))
def test_nothing_crashes(label):
    assert read_grade(label) in {None, *Grade}
    says_several(label)


LEVELS = st.sampled_from(["6e", "5EME", "4ème", "3E", "quatrième"])


@given(LEVELS, st.sampled_from([" ou ", "/", "-", " et ", ", ", " "]), LEVELS)
def test_two_levels_are_none_whatever_stands_between(one, sign, other):
    first, second = read_grade(one), read_grade(other)

    assert read_grade(f"{one}{sign}{other}") == (first if first == second else None)
