"""Hours, dates, sums and telephone numbers as people type them: no line is to tear them apart."""

import re

from .formats import MONTHS
from .money import NBSP

_DIGIT = re.compile(r"\d")
_MONTH = f"(?:{'|'.join(MONTHS)})"
_COUNTED = "h|heures?|min|minutes?|jours?|semaines?|mois|ans?|euros?|m|km|caractères"
_HELD = [
    (re.compile(pattern), held)
    for pattern, held in (
        (rf"(?<=\d) (?=(?:{_COUNTED}|{_MONTH})\b|[€%])", NBSP),
        (rf"(1er|{_MONTH}) (?={_MONTH}|\d{{4}}\b)", rf"\1{NBSP}"),
        # « 9 h 30 à 18 h »
        (rf"(\d{NBSP}?h) (?=\d)", rf"\1{NBSP}"),
        (rf"(\d{NBSP}?h(?:{NBSP}?\d\d)?) à (?=\d)", rf"\1{NBSP}à{NBSP}"),
        (r"(?<=\b\d\d) (?=\d\d\b)", NBSP),
    )
]


def unbroken(text: str) -> str:
    if not _DIGIT.search(text):
        return text
    for pattern, held in _HELD:
        text = pattern.sub(held, text)
    return text
