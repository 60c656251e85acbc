"""Postcodes, of here and of abroad."""

import re
from contextlib import suppress

from django.core.exceptions import ValidationError

from . import typed_text

LONGEST = 10
# « SW1A 1AA », « L-1234 », « 1000-001 »: what no country writes otherwise.
ABROAD = re.compile(r"(?=.*[0-9])[A-Z0-9](?:[A-Z0-9]|[ -](?=[A-Z0-9])){2,9}")

# « F-92330 », « 92330 BU »: no country abroad writes so.
OF_FRANCE = re.compile(r"F-?[0-9]{2} ?[0-9]{3}\b.*|[0-9]{2} ?[0-9]{3} [^\W\d_].*")
# « F-92330 SCEAUX », « 92 330 Sceaux ».
AMONG_WORDS = re.compile(r"(?<![0-9.,/])(?<![0-9] )([0-9]{2}) ?([0-9]{3})(?! ?[0-9])(?![.,/][0-9])")


def read_french_postcode(text: str) -> str:
    """Of a place that is in France. Raises ValidationError."""
    digits = typed_text.reference(text).replace(" ", "")
    if re.fullmatch("[0-9]{5}", digits):
        return digits
    raise ValidationError(f"{text.strip()[:30]} n’est pas un code postal à cinq chiffres.", code="invalid")


def postcode_in(text: str) -> tuple[str, bool]:
    """The one of « 92330 SCEAUX », « F-92330 », and whether it is all that the cell says. Raises
    ValidationError.
    """
    if not OF_FRANCE.fullmatch(typed_text.reference(text)):
        with suppress(ValidationError):
            return read_postcode(text), True
    found = {f"{first}{last}" for first, last in AMONG_WORDS.findall(typed_text.reference(text))}
    if len(found) != 1:
        # Its sentence says what one is.
        read_postcode(text)
    return found.pop(), False


def read_postcode(text: str) -> str:
    """« 92 330 » → « 92330 ». Raises ValidationError."""
    written = typed_text.reference(text)
    digits = written.replace(" ", "")
    if re.fullmatch("[0-9]{5}", digits):
        return digits
    if len(written) <= LONGEST and ABROAD.fullmatch(written) and not re.fullmatch("[0-9 ]*", written):
        return written
    raise ValidationError(
        f"{text.strip()[:30]} n’est pas un code postal\N{NO-BREAK SPACE}: cinq chiffres, comme 92160, ou "
        "celui d’un autre pays.",
        code="invalid",
    )
