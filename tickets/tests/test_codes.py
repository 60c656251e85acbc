"""The secret code of a ticket."""

from core.codes import read_code
from tickets.codes import new_code


def test_a_new_code_is_one():
    code = new_code()

    assert read_code(code) == code


def test_codes_are_not_guessed_from_one_another():
    assert len({new_code() for _ in range(1000)}) == 1000
