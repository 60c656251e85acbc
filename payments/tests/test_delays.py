"""How long after a cut-off organismes are paid."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent
from payments import calendar, outcomes
from payments.models import Fate

from .factories import make_use
from .paid import make_sent

pytestmark = pytest.mark.django_db


def batch_paid_after(*days: int) -> None:
    """Of as many organismes, each paid so many days after the last day."""
    for _ in days:
        make_use()
    for payment, after in zip(make_sent().payments.order_by("pk"), days, strict=True):
        on = timezone.localdate() + dt.timedelta(days=after)
        outcomes.tell(payment_id=payment.pk, fate=Fate.PAID, on=on, actor=make_agent())


def test_before_the_first_payment_nobody_knows():
    make_use()
    make_sent()
    assert calendar.paid_after() is None


def test_of_one_batch_most_of_its_organismes_count():
    batch_paid_after(9, 9, 40)
    assert calendar.paid_after() == 9


def test_the_last_three_batches_count_each_for_one():
    for days in ([90], [10, 10, 10], [12], [20]):
        batch_paid_after(*days)
    assert calendar.paid_after() == 12


def test_what_is_rejected_does_not_count():
    batch_paid_after(9)
    make_use()
    payment = make_sent().payments.get()
    outcomes.tell(
        payment_id=payment.pk,
        fate=Fate.REJECTED,
        on=timezone.localdate() + dt.timedelta(days=80),
        reason="Compte clos",
        actor=make_agent(),
    )
    assert calendar.paid_after() == 9


def test_one_query(django_assert_num_queries):
    batch_paid_after(9, 9)
    with django_assert_num_queries(1):
        assert calendar.paid_after() == 9


def test_a_batch_is_not_paid_before_it_is_prepared():
    cut_off = calendar.CutOff(dt.date(2026, 11, 30), dt.date(2026, 12, 5))
    assert cut_off.paid_on(2) == dt.date(2026, 12, 5)
    assert cut_off.paid_on(14) == dt.date(2026, 12, 14)
    assert cut_off.paid_on(None) is None
