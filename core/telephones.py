"""Telephone numbers, in one writing however they are typed, pasted or brought in files."""

import re
from contextlib import suppress

import phonenumbers
from phonenumbers import PhoneNumberFormat

from . import typed_text

# What France dials as its own, overseas: the numbers that begin so are all there, and libphonenumber, asked
# about France, knows the mainland only.
OVERSEAS = re.compile(r"0(?:26[239]|508|59[046]|639|69[0-4]|69[67])[0-9]{6}")
# A spreadsheet takes « +33… » and « 06… » for numbers, and leaves out the sign and the zero.
LOST_PLUS = re.compile(r"33[1-9][0-9]{8}")
LOST_ZERO = re.compile(r"[1-9][0-9]{8}")
# Between two of one cell.
SEPARATORS = re.compile(r"\s*(?:[/;,|\n]| ou | et | - |\()\s*", re.IGNORECASE)
EXTENSION = re.compile(r"\W*(?:ext|extension|poste|x)\W*\d+\s*$", re.IGNORECASE)


class NotATelephone(ValueError):
    """Not a telephone number that exists."""


def read_telephone(text: str) -> str:
    """« 06 12 34 56 78 », « 0692 12 34 56 », abroad « +44 20 7946 0958 ». Raises NotATelephone."""
    typed = typed_text.number(text)
    digits = re.sub(r"[^+0-9]", "", typed)
    if LOST_PLUS.fullmatch(digits):
        typed = f"+{digits}"
    elif LOST_ZERO.fullmatch(digits):
        typed = digits = f"0{digits}"
    if OVERSEAS.fullmatch(digits):
        return _overseas(digits)
    try:
        number = phonenumbers.parse(typed, "FR")
    except phonenumbers.NumberParseException:
        return _without_letters(typed)
    significant = phonenumbers.national_significant_number(number)
    if significant not in re.sub(r"[^0-9]", "", typed):
        # The letters of a keypad: « O1 99 OO 1O 97 » would be somebody else's.
        return _without_letters(typed)
    national = f"0{significant}"
    if number.country_code in (262, 508, 590, 594, 596) and OVERSEAS.fullmatch(national):
        return _overseas(national)
    # Of a switchboard: it has no place in the column.
    if number.extension or not phonenumbers.is_valid_number(number):
        raise NotATelephone(text)
    french = phonenumbers.region_code_for_number(number) == "FR"
    way = PhoneNumberFormat.NATIONAL if french else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, way))


# What a hurried hand, or a scanner, takes for a digit.
LIKE_DIGITS = str.maketrans("OoIl", "0011")


def _without_letters(typed: str) -> str:
    """Raises NotATelephone."""
    digits = typed.translate(LIKE_DIGITS)
    if digits == typed or re.search("[A-Za-z]", digits):
        raise NotATelephone(typed)
    return read_telephone(digits)


def telephone_in(text: str) -> tuple[str, bool]:
    """The first of a cell that has several, and whether it is all that it says. Raises NotATelephone."""
    try:
        return read_telephone(text), True
    except NotATelephone:
        for part in SEPARATORS.split(EXTENSION.sub("", text)):
            with suppress(NotATelephone):
                return read_telephone(part), False
        raise


def _overseas(digits: str) -> str:
    """The local writing: 0692 12 34 56."""
    return f"{digits[:4]} {digits[4:6]} {digits[6:8]} {digits[8:]}"
