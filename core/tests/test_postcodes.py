"""Postcodes, of here and of abroad."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.postcodes import LONGEST, read_postcode


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


@given(st.text(max_size=30))
def test_nothing_crashes_and_what_is_kept_is_read_as_itself(written):
    try:
        kept = read_postcode(written)
    except ValidationError:
        return
    assert len(kept) <= LONGEST
    assert read_postcode(kept) == kept
