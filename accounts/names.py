"""The names of people, as they may be written."""

import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError

from core import typed_text

# A hundred thousand lines of a list share some thousands of names.
_remembered = lru_cache(maxsize=50_000)
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
    return "" if _is_no_name(name) else name


@_remembered
def _is_no_name(text: str) -> bool:
    return bool(NO_NAME.fullmatch(text))


def one_name(first_name: str, last_name: str) -> tuple[str, str]:
    """First and last. Who has one name alone, whatever is in the other cell, has it as the first name."""
    first, last = ("" if _is_no_name(name) else name for name in (first_name, last_name))
    return (first, last) if first else (last, "")


# « M » without its dot may begin a name: « M HAMED ».
TITLE = re.compile(
    r"(?:mm?\.|(?:mr|mrs|mmes?|mlles?|monsieur|messieurs|madame|mesdames|mademoiselle|dr|docteur)"
    r"(?:\.|(?=[\s/&+]|$)))\s*",
    re.IGNORECASE,
)
# « et Mme », « / Mme »; but « Etienne » is a name.
AND = re.compile(r"(?:et|ou)(?![^\W_])|[&/+]", re.IGNORECASE)
TWO = re.compile(r"\S(?:(?:\s+|(?<=\.))(?:et|ou)\s+|\s*[&/+]\s*)\S", re.IGNORECASE)
# « M. J. » are initials.
INITIAL = re.compile(r"[^\W\d_](?![^\W\d_])")


@_remembered
def without_title(name: str) -> tuple[str, str]:
    """« M. Luc » → « Luc », « M. ». Where a title is all there is, or two people are meant, it stays: nothing
    else says who it is.
    """
    title, rest = _apart(name)
    if not title or not rest or AND.match(rest) or INITIAL.match(rest):
        return name, ""
    return rest, title


@_remembered
def is_title(name: str) -> bool:
    """« Mme », « Mme Dr »: no name."""
    title, rest = _apart(name)
    return bool(title) and not rest


@_remembered
def means_two(name: str) -> bool:
    """« M. et Mme », « Luc et Anne »."""
    return bool(TWO.search(name))


def is_of_a_couple(name: str) -> bool:
    """« M. et Mme DURAND »."""
    title, rest = _apart(name)
    return bool(title and AND.match(rest))


def _apart(name: str) -> tuple[str, str]:
    rest = name
    while found := TITLE.match(rest):
        rest = rest[found.end() :]
    return name[: len(name) - len(rest)].strip(), rest


# Between two first names of one cell. SIECLE has all of them.
PARTS_FIRST_NAMES = re.compile(r"\s*[,;]\s*")


@_remembered
def first_of_several(first_name: str) -> str:
    """« Jean, Paul » → « Jean »."""
    parts = [part for part in PARTS_FIRST_NAMES.split(first_name) if part]
    return parts[0] if parts else first_name
