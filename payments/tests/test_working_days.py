"""Working days, around the holidays that move."""

import datetime as dt

import pytest
from dateutil.easter import easter  # type: ignore[import-untyped]

from payments import working_days

pytestmark = pytest.mark.any_database


def test_easter_is_where_others_find_it():
    assert all(working_days.easter(year) == easter(year) for year in range(1900, 2300))


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        pytest.param("2026-11-29", 0, "2026-11-29", id="none, on a Sunday"),
        pytest.param("2026-11-30", 5, "2026-12-07", id="over a weekend"),
        pytest.param("2026-12-24", 1, "2026-12-28", id="over Christmas and a weekend"),
        pytest.param("2027-05-05", 2, "2027-05-10", id="over Ascension and a weekend"),
        pytest.param("2027-03-26", 1, "2027-03-30", id="over Easter Monday"),
        pytest.param("2026-12-31", 1, "2027-01-04", id="over a new year and a weekend"),
    ],
)
def test_after(day, number, expected):
    assert working_days.after(dt.date.fromisoformat(day), number) == dt.date.fromisoformat(expected)


def test_eleven_holidays_a_year():
    assert len(working_days.holidays(2026)) == 11
