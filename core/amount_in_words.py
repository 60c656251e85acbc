"""Amounts in letters, as French cheques and tickets bear them.

Ours: num2words, the library for it, needs docopt, which has no wheel and no release since 2014.
"""

from decimal import Decimal

from .money import CENT

UNITS = [
    "zéro",
    *("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"),
]
TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}
LIMIT = 10**9


def amount_in_words(amount: Decimal) -> str:
    """`Decimal("80.50")` → « quatre-vingts euros et cinquante centimes ».

    Raises ValueError below zero and from a milliard on.
    """
    if not 0 <= amount < LIMIT:
        raise ValueError(amount)
    whole, cents = divmod(int(amount.quantize(CENT) * 100), 100)
    euros = f"{_number(whole)} {_euros(whole)}"
    if not cents:
        return euros
    centimes = f"{_number(cents)} centime{'s' if cents > 1 else ''}"
    return f"{euros} et {centimes}" if whole else centimes


def _euros(whole: int) -> str:
    if whole and whole % 10**6 == 0:
        return "d’euros"
    return "euros" if whole > 1 else "euro"


def _number(value: int) -> str:
    millions, rest = divmod(value, 10**6)
    thousands, rest = divmod(rest, 1000)
    words = []
    if millions:
        words.append(f"{_hundreds(millions)} million{'s' if millions > 1 else ''}")
    if thousands:
        # « Mille » is a numeral: neither « un mille », nor a plural before it.
        words.append("mille" if thousands == 1 else f"{_hundreds(thousands, is_last=False)} mille")
    if rest or not words:
        words.append(_hundreds(rest))
    return " ".join(words)


def _hundreds(value: int, *, is_last: bool = True) -> str:
    """Below a thousand. « Cents » and « quatre-vingts » take their s at the end of the number alone."""
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _tens(rest, is_last=is_last)
    plural = "s" if hundreds > 1 and not rest and is_last else ""
    words = "cent" if hundreds == 1 else f"{UNITS[hundreds]} cent{plural}"
    return f"{words} {_tens(rest, is_last=is_last)}" if rest else words


def _tens(value: int, *, is_last: bool) -> str:
    if value < len(UNITS):
        return UNITS[value]
    # Seventy and ninety count on from sixty and eighty.
    base = value // 20 * 20 if value >= 60 else value // 10 * 10
    rest = value - base
    if not rest:
        return f"{TENS[base]}s" if base == 80 and is_last else TENS[base]
    link = " et " if rest in (1, 11) and base != 80 else "-"
    return f"{TENS[base]}{link}{UNITS[rest]}"
