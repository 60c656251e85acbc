"""Dates, times and distances as people in France write them."""

import datetime as dt

from .local_time import local
from .money import NBSP

# The pages are in French, and ask no machinery of translation which language they are in.
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def jour(day: dt.date) -> str:
    """« 1er juillet 2027 », held together by no-break spaces."""
    day = _local(day)
    first = "1er" if day.day == 1 else str(day.day)
    return NBSP.join([first, MONTHS[day.month - 1], str(day.year)])


def jour_court(day: dt.date) -> str:
    """« 19/10/2026 »."""
    day = _local(day)
    return f"{day.day:02}/{day.month:02}/{day.year}"


def heure(moment: dt.datetime) -> str:
    """« 14 h 30 »."""
    at = local(moment)
    return NBSP.join([str(at.hour), "h", f"{at.minute:02}"])


def distance(kilometres: float) -> str:
    """« 350 m », « 2,4 km », « 18 km »: no more exact than an address is."""
    if kilometres < 0.95:
        return f"{max(50, round(kilometres * 20) * 50)}{NBSP}m"
    shown = f"{kilometres:.1f}".replace(".", ",") if kilometres < 10 else str(round(kilometres))
    return f"{shown}{NBSP}km"


def plural(count: int) -> str:
    """The « s » of « 2 organismes », which « 0 organisme » has not."""
    return "s" if count > 1 else ""


def counted_in_french(count: int, word: str) -> str:
    """« 0 créé », « 1 créé », « 2 créés »."""
    return f"{count} {word}{'s' * (count > 1)}"


def _local(day: dt.date) -> dt.date:
    return local(day).date() if isinstance(day, dt.datetime) else day
