"""The level that a label of a school begins with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.grades import read_grade
from accounts.models import Grade


@pytest.mark.parametrize(
    ("label", "grade"),
    [
        *((label, "6") for label in ("6e", "6EME", "6 ème", "6°", "6", "6A", "601", "6e3", "SIXIEME")),
        *((label, "5") for label in ("5EME UPE2A", "5e 4", "ULIS 5EME", "cinquième", "UPE2A 5e")),
        *((label, "4") for label in ("4EME BILANGUE", "4e", "4EME EURO", "4C", "10210012110")),
        *((label, "3") for label in ("3EME HORAIRES AMENAGES MUSIQUE", "3E PREP METIERS", "3 PM")),
        ("10010012110", "6"),
        ("6ÈME SEGPA", "6"),
    ],
)
def test_as_siecle_pronote_and_schools_write_it(label, grade):
    """cases 31, admin.md § 2, 54: the pupils who need it most, each line by hand."""
    assert read_grade(label) == Grade(grade)


@pytest.mark.parametrize(
    "label",
    ["", "CM2", "CM1", "2NDE", "2nde", "1ERE", "TERMINALE", "UPE2A", "ULIS", "2014", "6000", "10"],
)
def test_what_is_no_level_of_a_college(label):
    assert read_grade(label) is None


@given(st.text(max_size=30))
def test_nothing_crashes(label):
    assert read_grade(label) in {None, *Grade}
