"""Text of the few signs that every bank of Europe takes (EPC217-08): sepaxml lets others through."""

import re

from anyascii import anyascii

# Neither « / » at an end nor « // », which some banks take for a code.
_OTHERS = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


def folded(text: str, most: int) -> str:
    """« L’Été & Cie » → « L'Ete + Cie », of `most` signs at most."""
    plain = _OTHERS.sub(" ", anyascii(text).replace("&", "+"))
    plain = re.sub("/{2,}", "/", " ".join(plain.split()))
    return plain[:most].strip(" /")
