"""Approves a batch, or drops it, or takes one payment out of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from accounts.models import User
from core.money import ZERO

from . import files
from .exceptions import (
    BatchMoved,
    LastDigitsDiffer,
    NothingToApprove,
    PaymentMoved,
    SameAgent,
    TotalDiffers,
)
from .letting_go import let_go
from .models import UNSENT_STATES, Batch, BatchState, Line, Payment


class Totals(NamedTuple):
    """Of a batch, without what was taken out of it; euros."""

    amount: Decimal
    payments: int
    tickets: int


def totals(batch_id: int) -> Totals:
    found = (
        Payment.objects.living()
        .filter(batch=batch_id)
        .aggregate(amount=Sum("amount"), payments=Count("pk"), tickets=Sum("tickets"))
    )
    return Totals(found["amount"] or ZERO, found["payments"], found["tickets"] or 0)


@transaction.atomic
def approve(*, batch_id: int, total: Decimal, count: int, last4: Mapping[int, str], actor: User) -> None:
    """Approve what another agent prepared: its total in euros and its number of payments were typed again,
    and for each first payment on an account, by payment, its last four characters. A task then makes
    its files.

    Locks the batch. Raises BatchMoved, SameAgent, NothingToApprove, TotalDiffers, LastDigitsDiffer.
    """
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.state != BatchState.PREPARED:
        raise BatchMoved
    if batch.prepared_by_id == actor.pk:
        raise SameAgent
    true = totals(batch_id)
    if not true.payments:
        raise NothingToApprove
    if (total, count) != (true.amount, true.payments):
        raise TotalDiffers
    for payment in first_on_account(batch_id):
        if payment.account and last4.get(payment.pk) != payment.account.last4:
            raise LastDigitsDiffer
    Batch.objects.filter(pk=batch_id, state=BatchState.PREPARED).update(
        state=BatchState.APPROVED,
        approved_by=actor,
        approved_at=timezone.now(),
        approved_total=total,
        approved_count=count,
    )
    files.make.enqueue(batch_id=batch_id)


def awaited(batch_id: int) -> int:
    """How many payments of a sent batch nothing has come back of."""
    return Payment.objects.awaited().filter(batch=batch_id).count()


def first_on_account(batch_id: int) -> Iterable[Payment]:
    """Payments on an account on which this organisme, paid before, never was."""
    first = Payment.objects.living().filter(batch=batch_id, is_first_on_account=True)
    return first.select_related("account").order_by("pk")


@transaction.atomic
def drop(*, batch_id: int, shown: BatchState, actor: User) -> None:
    """Give up a batch that was not sent: its tickets are « used » again, and wait for the next one.

    `shown` is its state as the page showed it. Locks the tickets, then the batch. Raises BatchMoved.
    """
    if not let_go(Line.objects.living().filter(payment__batch=batch_id)):
        raise BatchMoved
    now = timezone.now()
    unsent = Batch.objects.filter(pk=batch_id, state=shown).filter(state__in=UNSENT_STATES)
    if not unsent.update(state=BatchState.DROPPED, dropped_by=actor, dropped_at=now):
        raise BatchMoved
    Payment.objects.filter(batch=batch_id).release(now)


@transaction.atomic
def take_out(*, payment_id: int) -> None:
    """Take a payment out of a batch that is not approved. Locks its tickets, then the batch.

    Raises PaymentMoved.
    """
    payment = Payment.objects.get(pk=payment_id)
    if not let_go(Line.objects.living().filter(payment=payment_id)):
        raise PaymentMoved
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=payment.batch_id)
    released = Payment.objects.filter(pk=payment_id).release(timezone.now())
    if batch.state != BatchState.PREPARED or not released:
        raise PaymentMoved
