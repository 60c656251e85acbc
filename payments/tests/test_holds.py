"""What holds a payment, and not the batch."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent
from partners.tests.factories import make_offer
from payments import approving, corrections, preparing
from payments.exceptions import BatchMoved, HoldNotClearable
from payments.models import Anomaly, BatchState, Hold, Rules
from tickets.models import State, Ticket

from .factories import make_account, make_batch, make_use
from .paid import make_paid

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def offer():
    """Of an organisme that can be paid; another one is, whatever holds it."""
    make_use("1.00", at=timezone.localtime().replace(hour=12) - dt.timedelta(days=1))
    return make_offer()


def held(batch):
    return [(hold.anomaly, hold.amount, hold.tickets) for hold in batch.holds.order_by("pk")]


def test_without_an_account(offer):
    make_use("10.00", offer=offer)
    batch = make_batch()
    assert held(batch) == [(Anomaly.NO_ACCOUNT, 10, 1)]
    assert batch.payments.count() == 1
    assert {*Ticket.objects.values_list("state", flat=True)} == {State.USED, State.IN_PAYMENT}


def test_an_account_that_serves_in_some_days(offer):
    make_account(offer.partner, active_from=TODAY() + dt.timedelta(days=3))
    make_use(offer=offer)
    assert held(make_batch()) == [(Anomaly.ACCOUNT_CHANGED, 10, 1)]


def test_until_then_the_old_one_is_used(offer):
    old = make_account(offer.partner)
    make_account(offer.partner, active_from=TODAY() + dt.timedelta(days=3))
    make_use(offer=offer)
    assert make_batch().payments.get(partner=offer.partner).account == old


def test_an_account_of_two_organismes(offer):
    digest = make_account(make_offer("Danse").partner).digest
    account = make_account(offer.partner, digest=digest)
    make_use(offer=offer)
    batch = make_batch()
    assert held(batch) == [(Anomaly.ACCOUNT_SHARED, 10, 1)]

    approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=make_agent())
    account.sharing_reason = "Une section du même club"
    account.save(update_fields=["sharing_reason"])
    assert held(make_batch()) == []


@pytest.mark.parametrize(
    ("column", "anomaly"), [("ceased_on", Anomaly.CEASED), ("payments_suspended_on", Anomaly.SUSPENDED)]
)
def test_a_date_at_the_organisme(offer, column, anomaly):
    make_account(offer.partner)
    setattr(offer.partner, column, TODAY())
    offer.partner.save(update_fields=[column])
    make_use(offer=offer)
    assert held(make_batch()) == [(anomaly, 10, 1)]


def test_a_debt_is_carried(offer):
    make_account(offer.partner)
    owe(offer.partner_id, "-15.00")
    make_use("10.00", offer=offer)
    batch = make_batch()
    assert held(batch) == [(Anomaly.DEBT, -5, 1)]

    approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=make_agent())
    make_use("10.00", offer=offer)
    assert make_batch().payments.get(partner=offer.partner).amount == 5


def test_a_debt_of_just_that_is_settled_without_any_account(offer):
    owe(offer.partner_id, "-10.00")
    make_use("10.00", offer=offer)
    payment = make_batch().payments.get(partner=offer.partner)
    assert (payment.amount, payment.account) == (0, None)


def test_uses_of_the_night(offer, nights):
    make_account(offer.partner)
    make_use(offer=offer, at=timezone.localtime().replace(hour=3) - dt.timedelta(days=1))
    batch = make_batch()
    assert held(batch) == [(Anomaly.AT_NIGHT, 10, 1)]
    assert "1 entre" in batch.holds.get().detail


def test_too_many_in_an_hour(offer):
    Rules(pk=1, uses_an_hour=2).save()
    make_account(offer.partner)
    noon = timezone.localtime().replace(hour=12) - dt.timedelta(days=1)
    for minutes in (0, 61, 100, 120):
        make_use(offer=offer, at=noon + dt.timedelta(minutes=minutes))
    assert held(make_batch()) == [(Anomaly.TOO_QUICK, 40, 4)]


def test_as_many_over_the_day_is_nothing(offer):
    Rules(pk=1, uses_an_hour=2).save()
    make_account(offer.partner)
    noon = timezone.localtime().replace(hour=12) - dt.timedelta(days=1)
    for minutes in (0, 30, 60, 90):
        make_use(offer=offer, at=noon + dt.timedelta(minutes=minutes))
    assert held(make_batch()) == []


def test_much_more_than_ever(offer):
    Rules(pk=1, unusual_from=Decimal(20)).save()
    make_account(offer.partner)
    make_paid(make_use("10.00", offer=offer))
    make_use("31.00", offer=offer)
    assert held(make_batch()) == [(Anomaly.UNUSUAL_SUM, 31, 1)]


def test_three_times_is_not_more(offer):
    Rules(pk=1, unusual_from=Decimal(20)).save()
    make_account(offer.partner)
    make_paid(make_use("10.00", offer=offer))
    make_use("30.00", offer=offer)
    assert held(make_batch()) == []


def test_cleared_it_joins_the_batch(offer, nights):
    make_account(offer.partner)
    make_use(offer=offer, at=timezone.localtime().replace(hour=3) - dt.timedelta(days=1))
    batch, agent = make_batch(), make_agent()

    assert preparing.clear(hold_id=batch.holds.get().pk, reason="Gala de nuit", actor=agent)

    assert batch.payments.get(partner=offer.partner).amount == 10
    with pytest.raises(HoldNotClearable):
        preparing.clear(hold_id=batch.holds.get().pk, reason="Encore", actor=agent)
    assert batch.payments.filter(partner=offer.partner).count() == 1


def test_cleared_of_one_of_two_it_waits(offer, nights):
    make_use(offer=offer, at=timezone.localtime().replace(hour=3) - dt.timedelta(days=1))
    batch = make_batch()
    night = Hold.objects.get(anomaly=Anomaly.AT_NIGHT)
    assert not preparing.clear(hold_id=night.pk, reason="Gala", actor=make_agent())
    assert not batch.payments.filter(partner=offer.partner).exists()


def test_the_account_of_nobody_is_not_cleared(offer):
    make_use(offer=offer)
    hold = make_batch().holds.get()
    with pytest.raises(HoldNotClearable):
        preparing.clear(hold_id=hold.pk, reason="Pressé", actor=make_agent())


def test_of_a_dropped_batch_nothing_is_cleared(offer, nights):
    make_account(offer.partner)
    make_use(offer=offer, at=timezone.localtime().replace(hour=3) - dt.timedelta(days=1))
    batch = make_batch()
    approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=make_agent())
    with pytest.raises(BatchMoved):
        preparing.clear(hold_id=batch.holds.get().pk, reason="Gala", actor=make_agent())


def owe(partner_id: int, amount: str) -> None:
    corrections.correct(
        partner_id=partner_id,
        amount=Decimal(amount),
        reason="Trop payé",
        key=uuid.uuid4(),
        author=make_agent(),
    )
