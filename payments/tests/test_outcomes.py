"""What became of payments."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_agent
from partners.models import Role
from partners.tests.factories import make_offer
from partners.tests.members import make_member
from payments import corrections, outcomes
from payments.exceptions import AlreadyTold, BeforeItsApproval, NotPaidYet, PaymentMoved
from payments.models import AccountState, Anomaly, BatchState, Correction, Fate, Outcome, Payment
from tickets.models import State, Ticket

from .factories import make_account, make_batch, make_use
from .paid import approve, make_paid, make_sent

pytestmark = pytest.mark.django_db


def tell(payment, fate, reason="", **words):
    return outcomes.tell(
        payment_id=payment.pk,
        fate=fate,
        reason=reason,
        actor=make_agent(),
        **{"on": timezone.localdate()} | words,
    )


def test_paid_for_good():
    use = make_use()
    batch = make_sent()
    payment = batch.payments.get()
    tell(payment, Fate.PAID, mandat="M-1", bordereau="B-1")
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID
    with pytest.raises(AlreadyTold):
        tell(payment, Fate.REJECTED, "Compte clos")
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID


def test_the_last_one_settles_the_batch():
    make_use(), make_use()
    batch = make_sent()
    first, second = batch.payments.order_by("pk")
    tell(first, Fate.PAID)
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT
    tell(second, Fate.REJECTED, "Compte clos")
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED


def test_told_twice_in_the_same_words_it_is_one():
    use = make_use()
    payment = make_paid(use)
    [told] = Outcome.objects.all()
    assert outcomes.tell(payment_id=payment.pk, fate=Fate.PAID, on=told.on, actor=make_agent()) == told
    assert Outcome.objects.count() == 1


def test_rejected_its_tickets_are_in_the_next_batch():
    offer = make_offer()
    account = make_account(offer.partner)
    use = make_use(offer=offer)
    tell(make_sent().payments.get(), Fate.REJECTED, "Compte clos")

    assert Ticket.objects.get(pk=use.ticket_id).state == State.USED
    account.refresh_from_db()
    assert account.state == AccountState.ASKED
    # Not before the account is verified again.
    assert make_batch().payments.count() == 0


def test_the_organisme_is_told_why():
    offer = make_offer()
    make_account(offer.partner)
    make_member(partner=offer.partner, role=Role.MANAGER)
    make_use(offer=offer)
    payment = make_sent().payments.get()
    mail.outbox.clear()
    tell(payment, Fate.REJECTED, "Compte clos")
    [message] = mail.outbox
    assert "Compte clos" in message.body
    assert payment.reference in message.body


def test_merged_meanwhile_those_of_the_other_organisme_are_told():
    double, kept = make_offer("Judo"), make_offer("Danse")
    make_account(double.partner)
    make_use(offer=double)
    payment = make_sent().payments.get()
    double.partner.merged_into = kept.partner
    double.partner.save(update_fields=["merged_into"])
    make_member(partner=kept.partner, role=Role.MANAGER)
    mail.outbox.clear()
    tell(payment, Fate.PAID)
    [message] = mail.outbox
    assert reverse("payments:payment", args=[kept.partner_id, payment.pk]) in message.body


def test_nobody_is_paid_on_the_account_before_while_the_rejected_one_is_checked():
    offer = make_offer()
    before = make_account(offer.partner)
    newer = make_account(offer.partner, active_from=dt.date(2021, 9, 8))
    make_use(offer=offer)
    payment = make_sent().payments.get()
    assert payment.account == newer
    tell(payment, Fate.REJECTED, "Compte clos")

    before.refresh_from_db()
    assert before.state == AccountState.REPLACED
    assert [hold.anomaly for hold in make_batch().holds.all()] == [Anomaly.NO_ACCOUNT]


def test_a_rejected_correction_is_due_again():
    offer = make_offer()
    make_account(offer.partner)
    corrections.correct(
        partner_id=offer.partner_id,
        amount=Decimal("8.00"),
        reason="Oubli",
        key=uuid.uuid4(),
        author=make_agent(),
    )
    assert not make_sent().payments.get().tickets
    assert not Correction.objects.due().exists()
    tell(Payment.objects.get(), Fate.REJECTED, "Compte clos")
    assert Correction.objects.due().get().amount == 8


def test_returned_after_paid_the_sum_is_owed_anew():
    use = make_use()
    payment = make_paid(use)
    tell(payment, Fate.RETURNED, "Compte clos depuis")
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID
    assert Correction.objects.due().get().amount == payment.amount
    with pytest.raises(AlreadyTold):
        tell(payment, Fate.RETURNED, "Encore")


def test_what_was_never_paid_does_not_return():
    make_use()
    with pytest.raises(NotPaidYet):
        tell(make_sent().payments.get(), Fate.RETURNED, "Compte clos")


def test_before_it_is_sent_nothing_is_told():
    make_use()
    payment = approve(make_batch()).payments.get()
    with pytest.raises(PaymentMoved):
        tell(payment, Fate.PAID)


def test_what_comes_to_nothing_is_settled_when_sent():
    offer = make_offer()
    use = make_use("10.00", offer=offer)
    corrections.correct(
        partner_id=offer.partner_id,
        amount=Decimal("-10.00"),
        reason="Trop payé",
        key=uuid.uuid4(),
        author=make_agent(),
    )
    batch = make_sent()
    assert batch.state == BatchState.SETTLED
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID
    assert Outcome.objects.get().on == timezone.localdate()


def test_not_before_the_batch_was_approved():
    """The public median of real delays would be anything."""
    make_use()
    payment = make_sent().payments.get()
    with pytest.raises(BeforeItsApproval):
        tell(payment, Fate.PAID, on=timezone.localdate() - dt.timedelta(days=1))
    assert not Outcome.objects.exists()
