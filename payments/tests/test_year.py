"""A year of one organisme, in whatever order, against a model of ten lines: the sums close to the cent."""

import io
import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.tests.factories import make_user
from core.money import ZERO
from partners.tests.factories import make_offer
from payments import approving, corrections, outcomes
from payments.models import AccountState, BatchState, Correction, Fate, Line, Payment
from payments.tests.factories import make_account, make_batch, make_use
from payments.tests.paid import approve, make_sent
from tickets import services
from tickets.models import State, Ticket
from wallets.tests.factories import make_campaign, make_wallet

amounts = st.decimals(min_value=1, max_value=60, places=2)
signed = st.decimals(min_value=-80, max_value=80, places=2).filter(bool)


class Year(RuleBasedStateMachine):
    """The model: `due` is what the organisme is owed and no batch holds, `held` what is in the batch that is
    not told yet, `paid` what was paid; all that was ever used or corrected is their sum, `all`.
    """

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.actor = make_user()
        self.campaign = make_campaign()
        self.offer = make_offer()
        self.account = make_account(self.offer.partner)
        self.all = self.due = self.held = self.paid = ZERO
        self.batch = None

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @rule(amount=amounts)
    def use(self, amount):
        make_use(str(amount), offer=self.offer, wallet=make_wallet(campaign=self.campaign))
        self.all += amount
        self.due += amount

    @rule()
    def undo(self):
        """Whatever is in a batch stays used."""
        for ticket in Ticket.objects.filter(state=State.USED)[:1]:
            services.undo_use(ticket_id=ticket.pk, actor=self.actor)
            self.all -= ticket.amount
            self.due -= ticket.amount

    @rule(amount=signed)
    def correct(self, amount):
        corrections.correct(
            partner_id=self.offer.partner_id,
            amount=amount,
            reason="Vu avec l’organisme",
            key=uuid.uuid4(),
            author=self.actor,
        )
        self.all += amount
        self.due += amount

    @rule()
    def verify_the_account(self):
        self._verify()

    def _verify(self):
        type(self.account).objects.filter(pk=self.account.pk).update(
            state=AccountState.CONFIRMED,
            called_by=make_user(),
            called_at=timezone.now(),
            confirmed_by=make_user(),
            confirmed_at=timezone.now(),
            active_from=timezone.localdate(),
        )

    @precondition(lambda self: self.batch is None)
    @rule(ends_in=st.sampled_from(["sent", "dropped", "taken out", "dropped once approved"]))
    def batch_of_the_month(self, ends_in):
        before = Payment.objects.count()
        if ends_in == "sent":
            batch = make_sent() if self._can_be_paid() else self._drop(make_batch())
        else:
            batch = make_batch()
            if ends_in == "taken out":
                for one in batch.payments.all():
                    approving.take_out(payment_id=one.pk)
            elif ends_in == "dropped once approved" and batch.payments.exists():
                approve(batch)
            self._drop(batch)
        payment = Payment.objects.filter(batch=batch).first()
        assert bool(payment) == (Payment.objects.count() > before)
        if payment and ends_in == "sent":
            assert payment.amount == self.due
            # What comes to nothing is settled at once.
            self.batch = batch if payment.amount else None
            self.held, self.due = payment.amount, ZERO

    def _can_be_paid(self):
        is_verified = type(self.account).objects.filter(state=AccountState.CONFIRMED).exists()
        something = Ticket.objects.filter(state=State.USED).exists() or Correction.objects.due().exists()
        return something and self.due >= 0 and (is_verified or self.due == 0)

    def _drop(self, batch):
        batch.refresh_from_db()
        approving.drop(batch_id=batch.pk, shown=BatchState(batch.state), actor=self.actor)
        return batch

    @precondition(lambda self: self.batch is not None)
    @rule(fate=st.sampled_from([Fate.PAID, Fate.REJECTED]), returns=st.booleans())
    def tell(self, fate, returns):
        payment = self.batch.payments.get()
        told = {"payment_id": payment.pk, "on": timezone.localdate(), "actor": self.actor}
        reason = "" if fate == Fate.PAID else "Compte clos"
        for _ in range(2):
            outcomes.tell(fate=fate, reason=reason, **told)
        if fate == Fate.PAID:
            self.paid += self.held
        else:
            self.due += self.held
        if fate == Fate.PAID and returns:
            outcomes.tell(fate=Fate.RETURNED, reason="Compte clos", **told)
            # It was paid, and is owed anew.
            self.due += self.held
            self.all += self.held
        self.held, self.batch = ZERO, None

    @invariant()
    def the_sums_close(self):
        assert self.all == self.due + self.held + self.paid
        used = Ticket.objects.filter(state=State.USED)
        due = sum((it.amount for it in [*used, *Correction.objects.due()]), ZERO)
        living = Line.objects.living()
        told_paid = living.filter(payment__outcomes__fate=Fate.PAID).distinct()
        paid = sum((line.amount for line in told_paid), ZERO)
        held = sum((line.amount for line in living), ZERO) - paid
        assert (due, held, paid) == (self.due, self.held, self.paid)
        call_command("check_ledger", stdout=io.StringIO())


@pytest.mark.django_db(transaction=False)
def test_a_year():
    run_state_machine_as_test(
        Year,
        settings=settings(
            max_examples=5,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_control_a_model_that_forgets_is_seen(db):
    year = Year()
    year.use(Decimal("10.00"))
    year.all = ZERO
    with pytest.raises(AssertionError):
        year.the_sums_close()
    year.teardown()
