"""Normal forms of names and words, for comparison and sorting."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

WORD = re.compile(r"[^\W_]+")


def simplified(text: str) -> str:
    """« Numéro d’élève * », « YILDIZ–Łucja » → « numero d eleve », « yildiz lucja ».

    In small letters without accents or signs. What has no base letter in Unicode (ı, ł, ø, đ, œ, ß) has
    one here: names come from everywhere.
    """
    if text.isascii():
        return " ".join(WORD.findall(text)).lower()
    words = WORD.findall(unicodedata.normalize("NFC", text))
    return anyascii(" ".join(words)).lower()


def of_whom(name: str) -> str:
    """« de Garance », « d’Élise »."""
    initial = simplified(name)[:1]
    return f"d’{name}" if initial in set("aeiouh") else f"de {name}"


def of_place(name: str) -> str:
    """« d’Antony », « du Plessis-Robinson », « de La Garenne-Colombes »."""
    article, _, rest = name.partition(" ")
    contracted = {"le": "du", "les": "des"}.get(article.lower())
    return f"{contracted} {rest}" if contracted and rest else of_thing(name)


def at_place(name: str) -> str:
    """« à Antony », « au Plessis-Robinson »."""
    article, _, rest = name.partition(" ")
    contracted = {"le": "au", "les": "aux"}.get(article.lower())
    return f"{contracted} {rest}" if contracted and rest else f"à {name}"


def of_thing(name: str) -> str:
    """« de judo », « d’équitation », « de handball »: of sports and towns nearly every h is aspirated."""
    return f"d’{name}" if simplified(name)[:1] in set("aeiou") else f"de {name}"


# A page sorts a hundred names of activities and organismes, the same each time.
@lru_cache(maxsize=10_000)
def french_order(text: str) -> tuple[str, str]:
    """Sorts as a dictionary does: É with E, Aï with Ai. The same on every database."""
    return simplified(text), text


SMALL_WORDS = frozenset(["d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "sous", "sur"])


def town(typed: str) -> str:
    """« issy-les-moulineaux » → « Issy-les-Moulineaux ». What has a capital is as somebody wanted it."""
    if not typed.islower():
        return typed
    parts = re.split(r"([-\s'’])", typed)
    return "".join(
        part if index and part in SMALL_WORDS else part.capitalize() for index, part in enumerate(parts)
    )
