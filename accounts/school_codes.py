"""The national code of a collège."""

import re

from django.core.exceptions import ValidationError

from core import typed_text

UAI = re.compile(r"[0-9]{7}[A-Z]")


def uai_written(text: str) -> str:
    """« 092 0001x » → « 0920001X », whatever it is."""
    return typed_text.reference(text).replace(" ", "")


def read_uai(text: str) -> str:
    """Raises ValidationError."""
    code = uai_written(text)
    if UAI.fullmatch(code):
        return code
    raise ValidationError(
        f"{text.strip()[:30] or 'Rien'} n’est pas un code UAI comme 0920001X.", code="invalid"
    )
