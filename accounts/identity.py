"""What proves that two writings are one person.

A child is known by its pupil number, in the format that the département sets, and by nothing else. A
guardian is known by the identifiant that a file gives; by an e-mail address; by the name of who is the
child's guardian already. Never by a telephone or a postal address, which the owner of an account types, and
never against another address that the owner confirmed. What is merely alike is shown to an agent, and never
acted upon.
"""

import re
from functools import cache, lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError

from core import typed_text
from core.spelling import simplified

Names = tuple[str, str]

LONGEST_NUMBER = 20
# Where the département says nothing: the national number (INE) has 11 letters and digits, a school's own is
# shorter. What Excel made of one never fits.
ANY_NUMBER = r"(?=(.*[0-9]){3})[0-9A-Z]{5,15}"
SIGNS = {"9": "[0-9]", "X": "[0-9A-Z]"}
NO_DIGIT = re.compile(r"\D")


# --- Children ---------------------------------------------------------------------------------


def pupil_number(text: str) -> str:
    """The one way of writing it: « 920 000 123 », « e0001 » → « 920000123 », « E0001 ».

    Without spaces.
    """
    if text.isascii() and text.isalnum():
        # As nearly all of them are written: nothing is to be left out.
        return text.upper()
    return typed_text.reference(text).replace(" ", "")


def check_pupil_number(number: str) -> None:
    """Raises ValidationError unless it is written as the département says (PUPIL_NUMBER_FORMAT)."""
    wanted: str = settings.PUPIL_NUMBER_FORMAT
    if len(number) > LONGEST_NUMBER or not _pattern(wanted).fullmatch(number):
        help_text = (
            f"{wanted}, où 9 est un chiffre et X un chiffre ou une lettre"
            if wanted
            else "de 5 à 15 chiffres et lettres sans accent, dont au moins 3 chiffres"
        )
        raise ValidationError(
            f"{number[:30] or 'Rien'} n’est pas un numéro d’élève\N{NO-BREAK SPACE}: {help_text}."
        )


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    return re.compile("".join(SIGNS.get(sign, sign) for sign in wanted) or ANY_NUMBER)


# --- Adults -----------------------------------------------------------------------------------


def folded(first_name: str, last_name: str) -> Names:
    return _simplified(first_name), _simplified(last_name)


# A whole list asks of each name several times, and many share theirs.
_simplified = lru_cache(maxsize=100_000)(simplified)


def digits_of(phone: str) -> str:
    """« 06 99 00 00 01 », « +33 6 99 00 00 01 » → « 699000001 »."""
    digits = NO_DIGIT.sub("", phone) if phone else ""
    return digits.removeprefix("00").removeprefix("33").lstrip("0")


def same_by_email(here: Names, there: Names, *, confirmed: bool) -> bool:
    """Whether who has this address and who is written with it are one person.

    Two parents share an address, so it never is enough alone. Confirmed by its owner, the same first name, or
    its beginning, is enough: a last name may change. Written by a school or an agent, the whole name is.
    """
    if confirmed:
        return here[0].split()[:1] == there[0].split()[:1]
    return here == there
