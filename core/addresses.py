"""E-mail addresses that a message can be sent to: one predicate, where they are taken and where used."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from . import typed_text

# Allowed between quotes, but programs that send read a name, a list or a route there.
READ_OTHERWISE = frozenset('"<>(),;:\\[] \t')
# Between two of one cell; around the one of « Anne Martin <anne@exemple.fr> ».
SEPARATORS = re.compile(r"[\s;,/|<>()]+|mailto:", re.IGNORECASE)
# One address alone, as nearly all are: what is below says the same of it, ten times as slowly.
PLAIN = re.compile(
    r"(?=.{6,60}$)[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,}"
)
INVALID = "Saisissez une adresse complète, comme nom@exemple.fr."


def validate_can_be_written_to(address: str) -> None:
    """Raises ValidationError. The domain may be in letters of any language; what is before the @ may not."""
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(INVALID, code="invalid") from None
    if READ_OTHERWISE & set(address):
        raise ValidationError(INVALID, code="invalid")


def can_be_written_to(address: str) -> bool:
    try:
        validate_can_be_written_to(address)
    except ValidationError:
        return False
    return True


def address_in(text: str) -> tuple[str, bool]:
    """The first of a cell, and whether it is all that it says. Raises ValidationError."""
    if PLAIN.fullmatch(text):
        return text, True
    parts = [typed_text.email(part) for part in SEPARATORS.split(text)]
    addresses = [part for part in dict.fromkeys(parts) if can_be_written_to(part)]
    if not addresses:
        raise ValidationError(INVALID, code="invalid")
    return addresses[0], len(addresses) == 1
