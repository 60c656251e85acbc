"""The names of people, as they may be written."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from core import typed_text

NO_NAMES = "Les cases Nom et Prénom sont vides."
# Beside letters of any script and their accents: « Jean-Noël », « d’Épinay », « MARTIN (DUPONT) ».
SIGNS = frozenset("-’'ʼ`´.· ()/")
# What a list has where somebody has one name alone, or nobody knew the other.
NO_NAME = re.compile(r"[-–—_.?/ ]*|x+|n[ée]ant|inconnue?|nc|snp|n/a", re.IGNORECASE)


def validate_person_name(name: str) -> None:
    """Raises ValidationError for a name with signs, or digits in a word: « . », an emoji, « DUPONT1 ».

    « CD 92 » may be one: a number that stands by itself was not typed by mistake.
    """
    odd = next(
        (sign for word in name.split() if not word.isdecimal() for sign in word if not _is_of_names(sign)), ""
    )
    if odd or not any(sign.isalpha() for sign in name):
        why = f"\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}{odd}\N{NO-BREAK SPACE}» n’en est pas" if odd else ""
        raise ValidationError(
            f"{name[:30]} n’est pas un nom{why}. Écrivez-le comme sur une pièce d’identité.", code="invalid"
        )


def _is_of_names(sign: str) -> bool:
    return sign in SIGNS or unicodedata.category(sign)[0] in "LM"


def known_name(text: str) -> str:
    """In its one writing; nothing, where a sign stands for it."""
    name = typed_text.name(text)
    return "" if NO_NAME.fullmatch(name) else name


def one_name(first_name: str, last_name: str) -> tuple[str, str]:
    """First and last. Who has one name alone, whatever is in the other cell, has it as the first name."""
    first, last = ("" if NO_NAME.fullmatch(name) else name for name in (first_name, last_name))
    return (first, last) if first else (last, "")
