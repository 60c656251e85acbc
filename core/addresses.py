"""E-mail addresses that a message can be sent to: one predicate, where they are taken and where used."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

# Allowed between quotes, but programs that send read a name, a list or a route there.
READ_OTHERWISE = frozenset('"<>(),;:\\[] \t')
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
