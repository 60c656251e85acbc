"""The letters of a CSV: an encoding is believed only if it gives letters of names; none is guessed."""

import re

from core.exceptions import Refusal

# French names and addresses, and those of our neighbours, in the alphabet of Windows.
_LETTERS = set("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝŸß")
_SIGNS = set("’‘“”«»–—…€°ºª²§·´¨©®\N{NO-BREAK SPACE}")
# What stands amid the letters of a word there, but in « l’Étang ».
_AMID = re.compile(r"[^\W\d_][‘“”«»–—…€ª²§´¨©®][^\W\d_]")
# « ZoÈ »: no capital with an accent follows a small letter.
_ODD_CAPITAL = re.compile(r"[a-zà-öø-ÿœ][À-ÖØ-ÞŒŸ]")
# « LEFéVRE »: some do write so, but where another encoding reads LEFÈVRE, nobody can say.
_ODD_SMALL = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}[à-öø-ÿ][A-ZÀ-ÖØ-Þ]")
ENCODINGS = ("cp1252", "mac_roman", "cp850")

# U+FFFD and C1 controls; UTF-8 read as Windows', as a Mac's, as DOS's; and signs that are in no word.
_DECODED_WRONG = re.compile(
    "[\N{REPLACEMENT CHARACTER}\x80-\x9f]"
    "|Ã[\xa0-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]|â€|Å[“’¸¡]|√[©®†°¥™´ª®]|├[®¬áôºªé¦]"
    r"|[^\W\d_][‚ƒ„†‡ˆ‰‹›˜™•]|[‚ƒ„†‡ˆ‰‹›˜™•][^\W\d_]"
)


class Undecodable(Refusal):
    """Nobody can say what the accents of the file are."""


def decoded(content: bytes) -> str:
    """The text of a CSV. Raises Undecodable."""
    try:
        return content.decode("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
    readings = {name: text for name in ENCODINGS if (text := _read_as(name, content)) is not None}
    ambiguous = "cp1252" in readings and "mac_roman" in readings and _ODD_SMALL.search(readings["cp1252"])
    if "cp1252" in readings and not ambiguous:
        return readings["cp1252"]
    if len(readings) == 1:
        return readings.popitem()[1]
    raise Undecodable(
        f"Les accents de ce fichier sont illisibles, à partir de la ligne {line}. Dans le tableur, "
        "enregistrez-le en «\N{NO-BREAK SPACE}CSV UTF-8\N{NO-BREAK SPACE}», ou en XLSX."
    )


def was_decoded_wrong(text: str) -> bool:
    """« ZoÃ© », « ZoÅ½ », « ZoÈ », « LEF�VRE »: letters that a decoder made, before the file came here."""
    return not text.isascii() and bool(_DECODED_WRONG.search(text) or _ODD_CAPITAL.search(text))


def _read_as(encoding: str, content: bytes) -> str | None:
    """The text, if every letter of it is one of names."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    strange = {letter for letter in set(text) if not letter.isascii()} - _LETTERS - _SIGNS
    if strange or _AMID.search(text) or _ODD_CAPITAL.search(text):
        return None
    return text
