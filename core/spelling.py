"""What people write in several ways, written in one."""

import re
import unicodedata

from anyascii import anyascii

WORD = re.compile(r"[^\W_]+")


def simplified(text: str) -> str:
    """« Numéro d’élève * », « YILDIZ–Łucja » → « numero d eleve », « yildiz lucja ».

    In small letters without accents or signs. What has no base letter in Unicode (ı, ł, ø, đ, œ, ß) has
    one here: names come from everywhere.
    """
    words = WORD.findall(unicodedata.normalize("NFC", text))
    return anyascii(" ".join(words)).lower()


def of_whom(name: str) -> str:
    """« de Garance », « d’Élise »."""
    initial = simplified(name)[:1]
    return f"d’{name}" if initial in set("aeiouh") else f"de {name}"
