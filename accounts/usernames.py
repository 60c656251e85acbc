"""Identifiants that people can read, say and remember, made from their names."""

import re
from collections.abc import Iterable
from itertools import count

from core.spelling import simplified

LONGEST = 50


def wanted(first_name: str, last_name: str) -> str:
    """« Lina-Zoé », « D’ÉON MARTIN » → « lina-zoe.d-eon-martin »; of one name alone, « suharto »."""
    names = [first_name, *filter(None, [last_name])]
    return ".".join(map(_letters, names))[:LONGEST]


class Usernames:
    """Gives each person one that nobody has, « lina.martin », else « lina.martin2 »…"""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        # Of each name the next number to try: the thousandth of a name does not try a thousand.
        self._numbers: dict[str, count[int]] = {}

    def take(self, first_name: str, last_name: str) -> str:
        free = plain = wanted(first_name, last_name)
        while free in self._taken:
            free = f"{plain}{next(self._numbers.setdefault(plain, count(2)))}"
        self._taken.add(free)
        return free


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", simplified(name)).strip("-") or "eleve"
