"""Postcodes, of here and of abroad."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.postcodes import LONGEST, postcode_in, read_postcode


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        *(("92330", "92330"), ("92 330", "92330"), ("sw1a 1aa", "SW1A 1AA"), ("L-1234", "L-1234")),
        *(("1000-001", "1000-001"), ("D-10115", "D-10115"), ("K1A 0B1", "K1A 0B1")),
    ],
)
def test_here_and_abroad(written, kept):
    """cases 26: a parent abroad had no full address."""
    assert read_postcode(written) == kept


@pytest.mark.parametrize("written", ["9216", "921600", "Bât B", "inconnu", "-", "92330 SCEAUX", "٩٢٣٣٠"])
def test_what_is_none(written):
    with pytest.raises(ValidationError, match="n’est pas un code postal"):
        read_postcode(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        *(("92330", ("92330", True)), ("92 330", ("92330", True)), ("L-1234", ("L-1234", True))),
        *(("92330 SCEAUX", ("92330", False)), ("F-92330", ("92330", False))),
        ("Sceaux 92 330", ("92330", False)),
    ],
)
def test_beside_its_town(written, kept):
    assert postcode_in(written) == kept


@pytest.mark.parametrize("written", ["92330 ou 92160", "92330,00", "06 12 34 56 78", "Sceaux", "1,2E+05", ""])
def test_what_has_none_or_several(written):
    with pytest.raises(ValidationError, match="n’est pas un code postal"):
        postcode_in(written)


@given(st.text(max_size=30))
def test_nothing_crashes_and_what_is_kept_is_read_as_itself(written):
    for read in (read_postcode, lambda text: postcode_in(text)[0]):
        try:
            kept = read(written)
        except ValidationError:
            continue
        assert len(kept) <= LONGEST
        assert read_postcode(kept) == kept


LETTERS = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1)


@given(st.from_regex(r"[0-9]{5}", fullmatch=True), LETTERS)
def test_of_a_postcode_beside_letters_no_digit_changes(code, letters):
    assert postcode_in(f"{code} {letters}")[0] == code
