"""Codes that people read and type: `XXXX-XXXX-XXXX-X`.

Twelve characters of Crockford's base 32 (no I, L, O, U) carry 60 bits; the thirteenth
checks them. Crockford's own check character may be one of `* ~ $ = U`, which a telephone
types badly and a QR code stores badly, so ours comes from arithmetic in GF(32): each
character weighs a different power of x, and any one wrong character, and any two
exchanged, are found (docs/decisions.md).
"""

from functools import reduce

from core import typed_text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_READ_AS = str.maketrans("ILO", "110")


class NotACode(ValueError):
    """What was typed cannot be a code."""


def _times_x(value: int) -> int:
    """Multiply by x in GF(32), the field of x⁵ + x² + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def check_character(characters: str) -> str:
    """Horner's rule: ((c₁·x + c₂)·x + …)·x, where + is exclusive or."""
    return ALPHABET[reduce(lambda total, c: _times_x(total ^ ALPHABET.index(c)), characters, 0)]


def complete(characters: str) -> str:
    """The code that twelve characters make."""
    return characters + check_character(characters)


def characters_of(text: str) -> str:
    """Those of a code, whatever its case and separators were; it may be none."""
    return typed_text.code(text).translate(_READ_AS)


def read_code(text: str) -> str:
    """A code as it is kept. Raises NotACode."""
    code = characters_of(text)
    if len(code) != LENGTH + 1 or not set(code) <= set(ALPHABET) or check_character(code[:-1]) != code[-1]:
        raise NotACode(text)
    return code


def show_code(code: str) -> str:
    """Groups of four, to be read aloud."""
    return f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}"
