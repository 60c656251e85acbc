"""Days and years, in the writings that people and spreadsheets have for them."""

import datetime as dt
import re

from .spelling import simplified

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev feb",
            "mars mar",
            "avril avr apr",
            "mai may",
            "juin jun",
            "juillet juil juill jul",
            "aout aug",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
# The hour that a program writes behind a day.
HOUR = re.compile(r"[T ]+\d{1,2}[:h]\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
# In France the day comes first; the year, where it has four digits.
DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})|(\d{4})(\d{2})(\d{2})")
# « 12 mai 2014 », and « 12-mai-14 » as Excel shows it.
IN_WORDS = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ?([a-z]+) ?(\d{4}|\d{2})")
# « mai 2014 », « mai-14 », « 05/2014 »: enough for a year. « mai 14 » may be a day.
MONTH = re.compile(r"([^\W\d_]+)(?:[. \-]{1,2}(\d{4})|\.?-(\d{2}))")
MONTH_AND_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])[/.\- ]([0-9]{4})|([0-9]{4})[/-](?:0?[1-9]|1[0-2])")
# « 12 / 05 / 2014 ».
APART = re.compile(r"(?<=\d)\s*([/.\-])\s*(?=\d)")
# What a year, or a number of days, is in a column of numbers with decimals: « 2014,0 ».
YEAR = re.compile(r"([0-9]{4})(?:[.,]0+)?")
DAYS = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
# Nobody has a day before or after: « 0026 » is what a form makes of « 26 ».
YEARS = range(1900, 2200)
# The first day that Excel counts, were 1900 a leap year as it believes.
EXCEL_EPOCH = dt.date(1899, 12, 30)
# Those days of which somebody alive is born, or something ends.
EXCEL_DAYS = range(20_000, 80_000)
# Of who has no known day of birth: « 00/00/2014 ».
UNKNOWN_DAY = re.compile(r"(?:00|01)[/.\-]00[/.\-](\d{4})|(\d{4})-00-00")


def read_day(text: str) -> dt.date:
    """« 01/09/2026 », « 1er sept. 2026 », « 2026-09-01 00:00 », « 20260901 », or what Excel counts days by.

    Of two digits, a year is of this century. Raises ValueError.
    """
    day = _read_day(text)
    if day.year not in YEARS:
        raise ValueError(f"{text} is no day of ours")
    return day


def _read_day(text: str) -> dt.date:
    written = APART.sub(r"\1", HOUR.sub("", text.strip()))
    if found := DAY_FIRST.fullmatch(written):
        day, month = int(found[1]), int(found[2])
        return dt.date(_whole(found[3]), month, day)
    if found := YEAR_FIRST.fullmatch(written):
        year, month, day = (int(part) for part in found.groups() if part)
        return dt.date(year, month, day)
    if (found := IN_WORDS.fullmatch(simplified(written))) and found[2] in MONTHS:
        return dt.date(_whole(found[3]), MONTHS[found[2]], int(found[1]))
    if (found := DAYS.fullmatch(written)) and int(found[1]) in EXCEL_DAYS:
        return EXCEL_EPOCH + dt.timedelta(days=int(found[1]))
    raise ValueError(f"{text} is no day")


def _whole(year: str) -> int:
    """Of this century, if it has two digits."""
    return int(year) + 2000 if len(year) == 2 else int(year)


def not_a_day(text: str) -> str:
    return f"{text.strip()[:30]} n’est pas une date comme 01/09/2026."


def read_year(text: str) -> int:
    """Of « 2014 », of a month or a day, of which nothing else is known. Raises ValueError."""
    written = text.strip()
    if found := YEAR.fullmatch(written) or MONTH_AND_YEAR.fullmatch(written):
        return int(found[1] or found[found.re.groups])
    if (found := MONTH.fullmatch(written)) and simplified(found[1]) in MONTHS:
        return _whole(found[2] or found[3])
    if found := UNKNOWN_DAY.fullmatch(HOUR.sub("", written)):
        return int(found[1] or found[2])
    return read_day(written).year
