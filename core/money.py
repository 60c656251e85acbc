"""Euros as French people write and read them."""

import re
from decimal import Decimal

from core import typed_text

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
NBSP = "\N{NO-BREAK SPACE}"


class NotAnAmount(ValueError):
    """What was typed is no amount; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def euros(amount: Decimal) -> str:
    """`Decimal("-1234.5")` → « −1 234,50 € », with no-break spaces and a true minus sign."""
    digits = f"{amount:,.2f}".translate({ord(","): NBSP, ord("."): ",", ord("-"): "\N{MINUS SIGN}"})
    return f"{digits}{NBSP}€"


def short_euros(amount: Decimal) -> str:
    """`Decimal("10.00")` → « 10 € », `Decimal("12.50")` → « 12,50 € »."""
    return euros(amount).replace(",00", "")


def parse_euros(text: str, *, digits: int = 6) -> Decimal:
    """Read « 12,5 », « 1 000 », « 12 € », « €12 », « 12€50 » or « 12 euros » as people write them.

    `static/js/pass.js` reads the same (core/tests/amounts.py has both). `digits`: as many before the comma,
    at most. Raises NotAnAmount.
    """
    text = typed_text.number(text)
    if not text:
        raise NotAnAmount("Saisissez un montant, par exemple 12,50.")
    text = re.sub(r"euros?|eur", "€", text.lower())
    if text.startswith("€") and text.count("€") == 1:
        text = text[1:].lstrip()
    # Thousands may stand apart, and a telephone's keyboard puts spaces between digits: « 1 0 » is ten. Of
    # « 10 50 » nobody knows whether it is euros and cents.
    match = re.fullmatch(
        r"([+-]?) ?([0-9]+|[0-9]{1,3}(?: [0-9]{3})+|[0-9](?: [0-9])+)"
        r"(?: ?[.,] ?([0-9]*) ?€?| ?€ ?([0-9]*))?",
        text,
    )
    if not match:
        raise NotAnAmount("Écrivez le montant en chiffres, par exemple 12,50.")
    sign, whole, cents = match[1], match[2].replace(" ", ""), match[3] or match[4] or ""
    if len(cents) > 2:
        raise NotAnAmount("Un montant a deux chiffres au plus après la virgule, par exemple 12,50.")
    if sign == "-":
        raise NotAnAmount("Le montant doit être positif.")
    if len(whole.lstrip("0")) > digits:
        raise NotAnAmount("Ce montant est trop grand.")
    return Decimal(f"{whole}.{cents or '0'}").quantize(CENT)
