"""Days and years in the writings that people and spreadsheets have for them."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.typed_dates import EXCEL_EPOCH, MONTHS, YEARS, read_day, read_year

MAY = dt.date(2014, 5, 12)


@pytest.mark.parametrize(
    "written",
    [
        *("12/05/2014", "12-05-2014", "12.05.2014", "12 05 2014", "12/5/2014", "12/05/14", "2014-05-12"),
        *("2014/05/12", "20140512", "12/05/2014 00:00", "2014-05-12 00:00:00", "2014-05-12T00:00:00Z"),
        *("12 mai 2014", "lundi 12 mai 2014", "12 Mai 2014", "41771"),
        # « May » as an Excel in English shows it.
        *("12-May-14", "12mai2014", "12 / 05 / 2014", "12 - 5 - 14"),
        *("12-mai-14", "12 mai 14", "12-MAI-2014", "41771,0", "41771.0", "41771.5"),
    ],
)
def test_one_day_in_many_writings(written):
    """admin.md § 2, 24: nine of fifteen were refused."""
    assert read_day(written) == MAY


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1er septembre 2026", dt.date(2026, 9, 1)),
        ("1 sept. 2026", dt.date(2026, 9, 1)),
        ("3 févr. 2027", dt.date(2027, 2, 3)),
        ("31 août 2026", dt.date(2026, 8, 31)),
    ],
)
def test_months_in_words(written, day):
    assert read_day(written) == day


@pytest.mark.parametrize(
    "written",
    [
        *("", "05/28/2014", "31/02/2014", "hier", "12 brumaire 2014", "2014", "1", "99999999", "12/05"),
        *("mai 2014", "12-mai", "2014,0", "01/09/0026", "0026-09-01", "01/09/9926"),
    ],
)
def test_what_is_no_day(written):
    with pytest.raises(ValueError, match=r"day|month"):
        read_day(written)


@pytest.mark.parametrize(
    "written",
    [
        *("2014", "00/00/2014", "01/00/2014", "2014-00-00", "12/05/2014", " 2014 ", "2014,0", "2014.00"),
        *("12-mai-14", "mai-14", "mai 2014", "sept. 2014", "05/2014", "41771,0"),
        *("2014-05", "2014/5", "12-Aug-14"),
    ],
)
def test_a_year_of_a_birth_whose_day_nobody_knows(written):
    """cases 32: refused, though only the year is kept."""
    assert read_year(written) == 2014


@pytest.mark.parametrize(
    "written", ["2014,5", "2014.05", "mai 14", "14", "05/14", "brumaire 2014", "99999", "13/2014"]
)
def test_what_is_no_year(written):
    """« mai 14 » is perhaps the 14th of May."""
    with pytest.raises(ValueError, match=r"day|month"):
        read_year(written)


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_whatever_the_day_all_writings_agree(day):
    writings = ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y%m%d", "%d/%m/%y", "%d/%m/%Y %H:%M"]

    month = min((name for name, number in MONTHS.items() if number == day.month), key=len)
    in_words = f"{day.day}-{month}-{day:%y}"
    number = f"{(day - EXCEL_EPOCH).days},0"

    assert {read_day(day.strftime(way)) for way in writings} | {read_day(in_words), read_day(number)} == {day}
    assert {read_year(it) for it in (in_words, number, f"{day.year},0", f"{month}-{day:%y}")} == {day.year}


@given(st.text(max_size=30))
def test_nothing_crashes(written):
    for read in (read_day, read_year):
        with suppress(ValueError):
            read(written)


@given(st.from_regex(r"[0-9]{1,2}[/.\- ](?:[0-9]{1,2}|[a-z]{3,9})[/.\- ][0-9]{2,4}", fullmatch=True))
def test_what_is_nearly_a_day_is_one_of_ours_or_none(written):
    with suppress(ValueError):
        assert read_day(written).year in YEARS
