"""Codes by a scanner that is set to an American keyboard."""

import pytest
from django.utils.crypto import get_random_string

from core import codes, scanner_keyboards

# Each sign of a code and of an address, as keys of a French PC and of a French Mac give it.
ON_A_PC = dict(zip("1234567890AZQWM-:/.", "&é\"'(-è_çàQWAZ?)M!:", strict=True))
ON_A_MAC = ON_A_PC | dict(zip("68-/", "§!)=", strict=True))
CODES = 20_000


def garbled(text: str, keys: dict[str, str]) -> str:
    return "".join(keys.get(sign, sign) for sign in text)


@pytest.mark.parametrize("keys", [ON_A_PC, ON_A_MAC], ids=["PC", "Mac"])
@pytest.mark.any_database
def test_every_code_is_read_back(keys):
    for _ in range(CODES):
        code = codes.complete(get_random_string(codes.LENGTH, codes.ALPHABET))
        typed = garbled(code, keys)
        # Of some codes no sign moves: they are what was typed.
        assert code in [it.replace("-", "") for it in (typed, *scanner_keyboards.repaired(typed))]


@pytest.mark.any_database
def test_letters_alone_are_read_back_where_the_capitals_are_locked():
    assert "A1Z2Q3W4M5XY" in scanner_keyboards.repaired("Q1W2A3Z4?5XY")


@pytest.mark.any_database
def test_what_no_table_changes_is_not_read_twice():
    assert scanner_keyboards.repaired("CDEF") == []
