"""The year in which a pupil is born."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from core.typed_dates import read_year

from .models import AGES


def read_birth_year(text: str) -> int:
    """Of « 2014 », or of a date, of which nothing else is kept. Raises ValidationError."""
    written = text.strip()
    if written.isdecimal() and len(written) < 4:
        # That of nobody: `check_birth_year` says it.
        return int(written)
    try:
        return read_year(written)
    except ValueError as wrong:
        raise ValidationError(
            f"{written[:30] or 'Rien'} n’est pas une année ou une date de naissance.", code="invalid"
        ) from wrong


def check_birth_year(year: int) -> None:
    """Raises ValidationError."""
    if timezone.localdate().year - year not in AGES:
        raise ValidationError(f"Un collégien n’est pas né en {year}.", code="invalid")
