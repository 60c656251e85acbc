"""Batches further on their way, for tests."""

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from payments import approving, outcomes, sending
from payments.models import Batch, Fate, Payment
from tickets.models import Use

from .factories import make_batch
from .stored import make_files


def approve(batch: Batch, *, actor: User | None = None) -> Batch:
    true = approving.totals(batch.pk)
    last4 = {it.pk: it.account.last4 for it in approving.first_on_account(batch.pk) if it.account}
    approving.approve(
        batch_id=batch.pk,
        total=true.amount,
        count=true.payments,
        last4=last4,
        actor=actor or make_user(),
    )
    batch.refresh_from_db()
    return batch


def make_sent(*, actor: User | None = None) -> Batch:
    """Of all that is due today."""
    batch = approve(make_batch())
    make_files(batch)
    sending.send(batch_id=batch.pk, actor=actor or make_user())
    batch.refresh_from_db()
    return batch


def make_paid(use: Use) -> Payment:
    """The payment of that use; all others of its batch are paid too."""
    batch = make_sent()
    for payment in batch.payments.all():
        outcomes.tell(payment_id=payment.pk, fate=Fate.PAID, on=timezone.localdate(), actor=make_user())
    return Payment.objects.get(lines__use=use)
