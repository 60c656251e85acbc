"""Tokens of names and queries."""

import re

from core.spelling import simplified

STOP_WORDS = re.compile(r"a|aux?|avec|chez|d|dans|des?|du|en|et|l|la|les?|par|pour|sur|une?")
# « M.J.C. » is one word.
BETWEEN_INITIALS = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
# What is written short, in names and in questions. (The beginning of a word is found anyway.)
ABBREVIATIONS = {
    "st": "saint",
    "ste": "sainte",
    "ctre": "centre",
    "mjc": "maison jeunes culture",
    "crr": "conservatoire rayonnement regional",
    "crd": "conservatoire rayonnement departemental",
    "crc": "conservatoire rayonnement communal",
    "us": "union sportive",
    "as": "association sportive",
    "es": "entente sportive",
    "cs": "club sportif",
    "csm": "club sportif municipal",
    "sc": "sporting club",
    "ac": "athletic club",
    "fc": "football club",
    "bc": "basket club",
    "hbc": "handball club",
    "jc": "judo club",
    "tc": "tennis club",
    "rc": "rugby club",
}


def words_of(text: str) -> list[str]:
    """Without accents and stop words; abbreviations are expanded."""
    simple = simplified(BETWEEN_INITIALS.sub("", text))
    long = " ".join(ABBREVIATIONS.get(word, word) for word in simple.split()).split()
    return [word for word in long if not STOP_WORDS.fullmatch(word)] or long
