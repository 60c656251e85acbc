"""Numbers of tickets, as pages write them and callers say them."""

import re

MOST_DIGITS = 12
BEFORE = re.compile(r"^\s*(?:ticket\s*)?(?:n[o°]?\.?)?|\s", re.IGNORECASE)


def ticket_number(text: str) -> int | None:
    """« n° 199 996 » → 199996; None if it is none."""
    digits = BEFORE.sub("", text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS else None
