"""Days on which banks and the département work: neither weekends nor French public holidays."""

import datetime as dt
from functools import lru_cache

# Month and day.
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Days after Easter: its Monday, Ascension, Whit Monday.
MOVING = (1, 39, 50)
SATURDAY = 5


def after(day: dt.date, number: int) -> dt.date:
    """The day that many working days later; that day itself for none."""
    while number > 0:
        day += dt.timedelta(days=1)
        number -= is_one(day)
    return day


def is_one(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


@lru_cache(maxsize=4)
def holidays(year: int) -> frozenset[dt.date]:
    """Of the whole country; Alsace and Moselle have two more."""
    fixed = [dt.date(year, month, day) for month, day in FIXED]
    return frozenset([*fixed, *(easter(year) + dt.timedelta(days=days) for days in MOVING)])


def easter(year: int) -> dt.date:
    """By the Gregorian computus: Butcher, 1876, shortened in New Scientist, 1961."""
    century, rest = divmod(year, 100)
    leaps = (8 * century + 13) // 25
    epact = (19 * (year % 19) + century - century // 4 - leaps + 15) % 30
    full = epact - (year % 19 + 11 * epact) // 319
    weekday = (2 * (century % 4) + 2 * (rest // 4) - rest % 4 - full + 32) % 7
    month = (full + weekday + 90) // 25
    return dt.date(year, month, (full + weekday + month + 19) % 32)
