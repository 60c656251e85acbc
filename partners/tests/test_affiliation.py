"""Who is affiliated on a day, first and last days included."""

import datetime as dt

import pytest

from partners.models import Offer, Partner
from partners.tests.factories import make_offer, make_partner

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 6, 30)
ONE_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "affiliated"),
    [(FIRST - ONE_DAY, False), (FIRST, True), (LAST, True), (LAST + ONE_DAY, False)],
)
def test_between_two_days(day, affiliated):
    make_offer(partner=make_partner(affiliated_from=FIRST, affiliated_until=LAST))

    assert Partner.objects.affiliated_on(day).exists() is affiliated
    assert Offer.objects.affiliated_on(day).exists() is affiliated


def test_without_an_end():
    make_partner(affiliated_from=FIRST)

    assert Partner.objects.affiliated_on(dt.date(2099, 1, 1)).exists()
