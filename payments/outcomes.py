"""What the finance service, or the bank, says became of a payment."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.batches import in_batches
from tickets import paying

from . import mail
from .exceptions import AlreadyTold, BeforeItsApproval, NotPaidYet, PaymentMoved
from .letting_go import let_go
from .models import AccountState, BankAccount, Batch, BatchState, Correction, Fate, Line, Outcome, Payment

ROWS = 2_000


@transaction.atomic
def tell(
    *,
    payment_id: int,
    fate: Fate,
    on: dt.date,
    actor: User,
    reason: str = "",
    mandat: str = "",
    bordereau: str = "",
) -> Outcome:
    """Paid: so are its tickets, for good. Rejected: they wait for the next batch, and the account is to be
    checked anew. Returned, after paid: the sum is owed anew, by a correction.

    Told twice in the same words, it is one. The last one settles the batch. Locks the tickets, then the
    payment, then the batch. Raises AlreadyTold, NotPaidYet, PaymentMoved, BeforeItsApproval.
    """
    told = Outcome(
        payment_id=payment_id,
        fate=fate,
        on=on,
        reason=reason,
        mandat=mandat,
        bordereau=bordereau,
        actor=actor,
    )
    if first := _same_as(told):
        return first
    payment = _lock(payment_id)
    check_day(payment.batch, on)
    if first := _same_as(told):
        return first
    known = set(payment.outcomes.values_list("fate", flat=True))
    if fate in known or (known and fate != Fate.RETURNED):
        raise AlreadyTold
    if fate == Fate.RETURNED and Fate.PAID not in known:
        raise NotPaidYet
    told.save()
    _FOLLOWED_BY[fate](payment, told)
    _settle(payment.batch_id)
    return told


def check_day(batch: Batch, on: dt.date) -> None:
    """Nothing becomes of a payment before its batch is approved. Raises BeforeItsApproval."""
    if batch.approved_at and on < timezone.localdate(batch.approved_at):
        raise BeforeItsApproval


def _lock(payment_id: int) -> Payment:
    """With its tickets. Raises PaymentMoved if it was not sent."""
    lines = Line.objects.living().filter(payment=payment_id, ticket__isnull=False)
    paying.lock(lines.values("ticket"))
    payment = Payment.objects.select_for_update(of=("self",)).select_related("batch").get(pk=payment_id)
    if payment.released_at or payment.batch.sent_at is None:
        raise PaymentMoved
    return payment


def _same_as(told: Outcome) -> Outcome | None:
    words = {name: getattr(told, name) for name in ("fate", "on", "reason", "mandat", "bordereau")}
    return Outcome.objects.filter(payment=told.payment_id, **words).first()


def _paid(payment: Payment, _: Outcome) -> None:
    tickets = Line.objects.living().filter(payment=payment, ticket__isnull=False)
    for ids in in_batches(tickets.order_by("ticket").values_list("ticket", flat=True), ROWS):
        if not paying.pay(ids):
            raise PaymentMoved
    mail.tell_paid(payment)


def _rejected(payment: Payment, told: Outcome) -> None:
    if not let_go(Line.objects.living().filter(payment=payment)):
        raise PaymentMoved
    _suspect(payment)
    mail.tell_rejected(payment, told.reason)


def _returned(payment: Payment, told: Outcome) -> None:
    Correction.objects.create(
        partner_id=payment.partner_id,
        amount=payment.amount,
        reason=f"Virement {payment.reference} revenu",
        author=told.actor,
    )
    _suspect(payment)
    mail.tell_rejected(payment, told.reason)


_FOLLOWED_BY = {Fate.PAID: _paid, Fate.REJECTED: _rejected, Fate.RETURNED: _returned}


def _suspect(payment: Payment) -> None:
    """The account is to be checked by calling back, as a new one, before it is paid again."""
    theirs = payment.partner.bank_accounts
    _retire_before(payment)
    pending = theirs.filter(state__in=[AccountState.ASKED, AccountState.CALLED])
    suspect = theirs.filter(payments=payment, state=AccountState.CONFIRMED)
    if pending.exists():
        # Another one is being checked: it takes the place of this one.
        suspect.update(state=AccountState.REFUSED, stopped_at=timezone.now(), stop_reason="Paiement rejeté")
        return
    suspect.update(
        state=AccountState.ASKED,
        called_by=None,
        called_at=None,
        confirmed_by=None,
        confirmed_at=None,
        active_from=None,
    )


def _retire_before(payment: Payment) -> None:
    """The organisme itself left the accounts before that one: nothing is paid there while it is checked."""
    suspect = payment.account
    if suspect and suspect.active_from:
        before = BankAccount.objects.filter(partner=suspect.partner_id, state=AccountState.CONFIRMED)
        before.filter(active_from__lte=suspect.active_from).exclude(pk=suspect.pk).update(
            state=AccountState.REPLACED, stopped_at=timezone.now(), stop_reason="Un autre compte l’a remplacé"
        )


def _settle(batch_id: int) -> None:
    locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if locked.state == BatchState.SENT and not Payment.objects.awaited().filter(batch=batch_id).exists():
        Batch.objects.filter(pk=batch_id).update(state=BatchState.SETTLED, settled_at=timezone.now())
