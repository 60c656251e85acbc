"""Who owes more than it is owed, since when, and when it is to be recovered."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent
from partners.models import Partner
from partners.tests.factories import make_offer
from payments import debts
from payments.models import Correction, Rules
from payments.tests.factories import make_account, make_use
from payments.tests.paid import make_sent

pytestmark = pytest.mark.django_db


def ago(days: int) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def make_owing(partner: Partner, amount: str, days: int) -> Correction:
    return Correction.objects.create(
        partner=partner, amount=amount, reason="Trop payé", author=make_agent(), created_at=ago(days)
    )


@pytest.fixture
def offer():
    offer = make_offer()
    make_account(offer.partner)
    return offer


def found() -> list[tuple[Decimal, int, bool]]:
    today = timezone.localdate()
    return [(it.amount, (today - it.since).days, it.is_to_recover) for it in debts.standing(today)]


def test_after_six_months_it_is_to_be_recovered(offer):
    make_owing(offer.partner, "-40.00", 150)
    assert found() == [(Decimal(40), 150, False)]

    other = make_offer().partner
    make_owing(other, "-5.00", 190)
    assert found() == [(Decimal(5), 190, True), (Decimal(40), 150, False)]


def test_to_the_day(offer):
    make_owing(offer.partner, "-40.00", 0)
    since = debts.standing(timezone.localdate())[0].since
    Rules.objects.update(debt_months=1)
    last = (since.replace(day=1) + dt.timedelta(days=31)).replace(day=1) + dt.timedelta(days=since.day - 1)

    days = (last, last - dt.timedelta(days=1))
    assert [it.is_to_recover for day in days for it in debts.standing(day)] == [True, False]


def test_a_use_lessens_it(offer):
    make_owing(offer.partner, "-40.00", 200)
    make_use("15.00", offer=offer, at=ago(100))
    assert found() == [(Decimal(25), 200, True)]


def test_one_that_was_once_balanced_began_anew(offer):
    make_owing(offer.partner, "-40.00", 300)
    make_use("40.00", offer=offer, at=ago(250))
    assert found() == []
    make_owing(offer.partner, "-10.00", 20)
    assert found() == [(Decimal(10), 20, False)]


def test_what_a_batch_took_is_no_debt(offer):
    make_use("60.00", offer=offer)
    make_owing(offer.partner, "-40.00", 200)
    make_sent()
    assert found() == []


def test_what_was_merged_is_the_kept_one_s(offer):
    double = make_offer().partner
    make_owing(double, "-30.00", 200)
    Partner.objects.filter(pk=double.pk).update(merged_into=offer.partner)
    make_use("10.00", offer=offer, at=ago(10))

    assert [(it.partner, it.amount) for it in debts.standing(timezone.localdate())] == [
        (offer.partner, Decimal(20))
    ]


def test_a_recovered_one_is_told_by_a_correction(offer):
    make_owing(offer.partner, "-40.00", 200)
    make_owing(offer.partner, "40.00", 0)
    assert found() == []


def test_so_many_organismes_so_many_queries(offer, django_assert_num_queries):
    for days in (10, 200):
        make_owing(make_offer().partner, "-1.00", days)
    with django_assert_num_queries(5):
        debts.standing(timezone.localdate())
