"""A second agent approves; whoever prepared may drop."""

from decimal import Decimal

import pytest

from accounts.tests.factories import make_agent
from partners.tests.factories import make_offer
from payments import approving, sending
from payments.exceptions import (
    BatchMoved,
    FilesMissing,
    LastDigitsDiffer,
    NothingToApprove,
    PaymentMoved,
    SameAgent,
    TotalDiffers,
)
from payments.models import BatchState, Line
from tickets.models import State, Ticket

from .factories import make_account, make_batch, make_use
from .paid import approve, make_paid, make_sent
from .stored import make_files

pytestmark = pytest.mark.django_db


def typed(batch, actor, *, total=None, count=None, last4=None):
    true = approving.totals(batch.pk)
    approving.approve(
        batch_id=batch.pk,
        total=true.amount if total is None else total,
        count=true.payments if count is None else count,
        last4=last4 or {},
        actor=actor,
    )


def test_another_agent_types_its_total():
    make_use("12.50")
    other = make_agent()
    batch = approve(make_batch(), actor=other)
    assert (batch.state, batch.approved_by, batch.approved_total) == (
        BatchState.APPROVED,
        other,
        Decimal("12.50"),
    )


def test_not_who_prepared_it():
    make_use()
    agent = make_agent()
    batch = make_batch(actor=agent)
    with pytest.raises(SameAgent):
        typed(batch, agent)


@pytest.mark.parametrize("wrong", [{"total": 11}, {"count": 2}])
def test_a_total_mistyped(wrong):
    make_use()
    batch = make_batch()
    with pytest.raises(TotalDiffers):
        typed(batch, make_agent(), **wrong)
    batch.refresh_from_db()
    assert batch.state == BatchState.PREPARED


def test_of_nothing():
    with pytest.raises(NothingToApprove):
        typed(make_batch(), make_agent())


def test_once():
    make_use()
    batch = approve(make_batch())
    with pytest.raises(BatchMoved):
        typed(batch, make_agent())


def test_a_new_account_is_typed_again():
    offer = make_offer()
    old = make_account(offer.partner)
    make_paid(make_use(offer=offer))
    new = make_account(offer.partner, last4="4567", active_from="2020-09-09")
    make_use(offer=offer)
    batch = make_batch()
    payment = batch.payments.get()
    assert payment.account == new != old
    for wrong in ({}, {payment.pk: old.last4}):
        with pytest.raises(LastDigitsDiffer):
            typed(batch, make_agent(), last4=wrong)
    typed(batch, make_agent(), last4={payment.pk: "4567"})


def test_the_first_batch_of_all_asks_for_none():
    make_use()
    assert list(approving.first_on_account(make_batch().pk)) == []


@pytest.mark.parametrize("further", [lambda batch: batch, approve])
def test_dropped_its_tickets_wait_for_the_next_one(further):
    use = make_use()
    batch = further(make_batch())
    approving.drop(batch_id=batch.pk, shown=batch.state, actor=make_agent())
    batch.refresh_from_db()
    assert batch.state == BatchState.DROPPED
    assert Ticket.objects.get(pk=use.ticket_id).state == State.USED
    assert make_batch().payments.get().amount == 10
    assert Line.objects.living().count() == 1


def test_what_the_page_did_not_show_is_not_dropped():
    make_use()
    batch = approve(make_batch())
    with pytest.raises(BatchMoved):
        approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=make_agent())
    assert Ticket.objects.get().state == State.IN_PAYMENT


def test_what_was_sent_is_not_dropped():
    make_use()
    batch = make_sent()
    with pytest.raises(BatchMoved):
        approving.drop(batch_id=batch.pk, shown=BatchState.SENT, actor=make_agent())


def test_a_payment_is_taken_out_before_approval():
    taken, kept = make_use("10.00"), make_use("5.00")
    batch = make_batch()
    approving.take_out(payment_id=batch.payments.get(lines__use=taken).pk)
    assert tuple(approving.totals(batch.pk)) == (5, 1, 1)
    assert Ticket.objects.get(pk=taken.ticket_id).state == State.USED
    assert Ticket.objects.get(pk=kept.ticket_id).state == State.IN_PAYMENT


def test_and_not_after():
    use = make_use()
    batch = approve(make_batch())
    with pytest.raises(PaymentMoved):
        approving.take_out(payment_id=batch.payments.get().pk)
    assert Ticket.objects.get(pk=use.ticket_id).state == State.IN_PAYMENT


def test_sent_once_all_its_files_are_there():
    make_use()
    batch = approve(make_batch())
    with pytest.raises(FilesMissing):
        sending.send(batch_id=batch.pk, actor=make_agent())
    make_files(batch)
    sending.send(batch_id=batch.pk, actor=make_agent())
    with pytest.raises(BatchMoved):
        sending.send(batch_id=batch.pk, actor=make_agent())
