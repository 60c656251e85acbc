"""The SIRET and the RNA number of an organisme, each in its one writing."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from stdnum import exceptions
from stdnum.fr import siret

from core import typed_text

SIRET_LENGTH, RNA_LENGTH = 14, 10
# With what stands between the digits.
LONGEST_TYPED = 40
# Of the national register of associations: W, the département, then seven digits.
RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")
# What stands between the digits, wherever they were copied from.
BETWEEN = re.compile(r"[ .\-]")
SIREN_OR_SIRET = re.compile(r"[0-9]{9,14}")
NBSP = "\N{NO-BREAK SPACE}"


class NotANumber(ValueError):
    """Its message says to an agent what is wrong."""


def compact(text: str) -> str:
    """« 732 829 320 00074 » → « 73282932000074 », « w922 001234 » → « W922001234 »."""
    return BETWEEN.sub("", typed_text.reference(text))


def read_siret(text: str) -> str:
    """Fourteen digits that agree with each other, La Poste's by their own rule. Raises NotANumber."""
    number = compact(text)
    if not re.fullmatch("[0-9]{14}", number):
        raise NotANumber(f"{text[:40]} n’est pas un SIRET{NBSP}: {_why_no_siret(number)}.")
    try:
        return siret.validate(number)
    except exceptions.InvalidChecksum as wrong:
        raise NotANumber(
            f"{text[:40]} n’est pas un SIRET{NBSP}: un chiffre est faux, ou deux sont échangés."
        ) from wrong
    except exceptions.ValidationError as wrong:
        raise NotANumber(f"{text[:40]} n’est pas un SIRET.") from wrong


def _why_no_siret(number: str) -> str:
    if not number.isdecimal():
        return f"il a {SIRET_LENGTH} chiffres, et rien d’autre"
    told = f"{len(number)} chiffres au lieu de {SIRET_LENGTH}"
    if len(number) == 9:
        return f"{told}, c’est un SIREN. Le SIRET a cinq chiffres de plus"
    return f"{told}. Un tableur a peut-être ôté le zéro du début" if len(number) in (12, 13) else told


def read_rna(text: str) -> str:
    """Raises NotANumber."""
    number = compact(text)
    if not RNA.fullmatch(number):
        raise NotANumber(
            f"{text[:40]} n’est pas un numéro RNA{NBSP}: il s’écrit W922001234, un W puis neuf signes."
        )
    return number


def in_groups(number: str) -> str:
    """« 732 829 320 00074 », which a spreadsheet leaves as it is: it would round the digits alone."""
    return siret.format(number) if number else ""


def searched(text: str) -> models.Q | None:
    """Of whom this is the SIRET, the SIREN or the RNA number; None if it is none of them."""
    number = compact(text)
    if SIREN_OR_SIRET.fullmatch(number):
        return models.Q(siret__startswith=number)
    return models.Q(rna=number) if RNA.fullmatch(number) else None


class NumberField(models.CharField):
    """Keeps, compares and validates a number in its one writing. Typed, it may have its spaces."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return compact(text) if isinstance(text, str) else text

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"max_length": LONGEST_TYPED, **kwargs})


def check_siret(text: str) -> None:
    """Raises ValidationError."""
    _check(read_siret, text)


def check_rna(text: str) -> None:
    """Raises ValidationError."""
    _check(read_rna, text)


def _check(read: Callable[[str], str], text: str) -> None:
    try:
        read(text)
    except NotANumber as wrong:
        raise ValidationError(str(wrong)) from wrong
