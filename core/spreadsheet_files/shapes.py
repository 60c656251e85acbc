"""Columns that an agent said, for every file that has the same titles."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Mapped(NamedTuple):
    """Where each of our columns is in such a file, what it is called there, and who said so."""

    places: Mapping[str, int]
    called: Mapping[str, str]
    told: str


def shape_of(keys: Sequence[str]) -> str:
    """Of a line of titles, simplified: the same in the next file of that program."""
    named = [*keys]
    while named and not named[-1]:
        named.pop()
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def shape_without_titles(width: int) -> str:
    """No digest: it never meets one."""
    return f"{width} colonnes sans titre"


def letters_of(place: int) -> str:
    """As spreadsheets call a column: 0 → « A », 27 → « AB »."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
