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
    settles: bool = True,
) -> Outcome:
    """Paid: so are its tickets, for good. Rejected: they wait for the next batch, and the account is to be
    checked anew. Returned, after paid: the sum is owed anew, by a correction.

    Told twice in the same words, it is one. The last one settles the batch; who tells many of them at once
    says so, and calls `settle` after the last. Locks the tickets, then the payment, then the batch. Raises
    AlreadyTold, NotPaidYet, PaymentMoved, BeforeItsApproval.
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
    payment, tickets = _lock(payment_id)
    check_day(payment.batch, on)
    known = {Fate(it.fate): it for it in payment.outcomes.all()}
    if fate in known and _words(known[fate]) == _words(told):
        return known[fate]
    if fate in known or (known and fate != Fate.RETURNED):
        raise AlreadyTold
    if fate == Fate.RETURNED and Fate.PAID not in known:
        raise NotPaidYet
    told.save()
    if fate == Fate.PAID:
        _paid(payment, tickets)
    else:
        _came_to_nothing(payment, told)
    if settles:
        settle(payment.batch_id)
    return told


def check_day(batch: Batch, on: dt.date) -> None:
    """Nothing becomes of a payment before its batch is approved. Raises BeforeItsApproval."""
    if batch.approved_at and on < timezone.localdate(batch.approved_at):
        raise BeforeItsApproval


@transaction.atomic
def settle(batch_id: int) -> None:
    """If nothing is awaited of a sent batch any more. Locks it: of two who tell its last payments, the second
    one to come here sees both. Called once too often, it does nothing.
    """
    locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if locked.state == BatchState.SENT and not Payment.objects.awaited().filter(batch=batch_id).exists():
        Batch.objects.filter(pk=batch_id).update(state=BatchState.SETTLED, settled_at=timezone.now())


def _lock(payment_id: int) -> tuple[Payment, list[int]]:
    """With its tickets. Raises PaymentMoved if it was not sent."""
    lines = Line.objects.living().filter(payment=payment_id, ticket__isnull=False)
    tickets = paying.lock(lines.values("ticket"))
    locked = Payment.objects.select_for_update(of=("self",))
    payment = locked.select_related("batch", "partner__merged_into").get(pk=payment_id)
    if payment.released_at or payment.batch.sent_at is None:
        raise PaymentMoved
    return payment, tickets


def _words(outcome: Outcome) -> tuple[object, ...]:
    return outcome.on, outcome.reason, outcome.mandat, outcome.bordereau


def _paid(payment: Payment, tickets: list[int]) -> None:
    for ids in in_batches(tickets, ROWS):
        if not paying.pay(ids):
            raise PaymentMoved
    mail.tell_paid(payment)


def _came_to_nothing(payment: Payment, told: Outcome) -> None:
    """Rejected, its lines wait for another payment; returned after it was paid, a correction does."""
    if told.fate == Fate.REJECTED:
        if not let_go(Line.objects.living().filter(payment=payment)):
            raise PaymentMoved
    else:
        Correction.objects.create(
            partner_id=payment.partner_id,
            amount=payment.amount,
            reason=f"Virement {payment.reference} revenu",
            author=told.actor,
        )
    _suspect(payment)
    mail.tell_rejected(payment, told.reason)


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
