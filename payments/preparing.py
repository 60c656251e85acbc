"""Prepares a batch: adds up what is due, beside the pages."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from accounts.models import User
from core import bulk_copy
from core.batches import in_batches
from core.tasks import Priority, Queue
from partners.models import Partner
from tickets import paying

from . import accounts, anomalies
from .due import Due, by_partner, corrections_due, lock_uses
from .exceptions import AnotherBatchIsOpen, BatchMoved, CutOffAhead, HoldNotClearable
from .models import CLEARABLE, Anomaly, BankAccount, Batch, BatchState, Hold, Line, Payment

ROWS = 2_000


def ask(*, cut_off: dt.date, key: uuid.UUID, actor: User) -> Batch:
    """Begin a batch of what was used up to that day; a task adds it up. The same key sent again returns it.

    Raises CutOffAhead, AnotherBatchIsOpen.
    """
    if cut_off > timezone.localdate():
        raise CutOffAhead
    if first := Batch.objects.filter(key=key).first():
        return first
    try:
        with transaction.atomic():
            batch = Batch.objects.create(cut_off=cut_off, key=key, prepared_by=actor)
            prepare.enqueue(batch_id=batch.pk)
            return batch
    except IntegrityError:
        if first := Batch.objects.filter(key=key).first():
            return first
        raise AnotherBatchIsOpen from None


@task(queue_name=Queue.FILES, priority=Priority.FILE)
def prepare(batch_id: int) -> None:
    """Make the payments of a batch, and note what is held. Done in one transaction, once.

    Locks the tickets, then the batch.
    """
    with transaction.atomic():
        batch = Batch.objects.get(pk=batch_id)
        dues = by_partner(lock_uses(batch.cut_off), corrections_due())
        locked = Batch.objects.select_for_update(of=("self",)).get(pk=batch_id)
        if locked.state != BatchState.PREPARING:
            return  # Dropped meanwhile.
        payable, held = _sorted_out(dues)
        _pay(batch, payable)
        Hold.objects.bulk_create(
            Hold(
                batch=batch,
                partner_id=partner_id,
                anomaly=found.anomaly,
                detail=found.detail,
                amount=dues[partner_id].total,
                tickets=len(dues[partner_id].uses),
            )
            for partner_id, all_found in held.items()
            for found in all_found
        )
        Batch.objects.filter(pk=batch_id).update(state=BatchState.PREPARED)


@transaction.atomic
def clear(*, hold_id: int, reason: str, actor: User) -> bool:
    """Clear what an agent has looked into; true if the organisme joined the batch, false if more holds it.

    Locks its tickets, then the batch. Raises HoldNotClearable, BatchMoved.
    """
    hold = Hold.objects.select_related("batch").get(pk=hold_id)
    uses = lock_uses(hold.batch.cut_off, partner_id=hold.partner_id)
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=hold.batch_id)
    if batch.state != BatchState.PREPARED:
        raise BatchMoved
    uncleared = Hold.objects.filter(pk=hold_id, cleared_at=None, anomaly__in=CLEARABLE)
    if not uncleared.update(cleared_at=timezone.now(), cleared_by=actor, clear_reason=reason):
        raise HoldNotClearable
    cleared = {Anomaly(it) for it in _cleared(batch, hold.partner_id)}
    dues = by_partner(uses, corrections_due([hold.partner_id]))
    payable, held = _sorted_out(dues, cleared)
    if held or Payment.objects.living().filter(batch=batch, partner=hold.partner_id).exists():
        return False
    _pay(batch, payable)
    return bool(payable)


class Payable(NamedTuple):
    partner: Partner
    due: Due
    account: BankAccount | None
    is_first: bool


def _cleared(batch: Batch, partner_id: int) -> list[str]:
    cleared = Hold.objects.filter(batch=batch, partner=partner_id, cleared_at__isnull=False)
    return list(cleared.values_list("anomaly", flat=True))


def _sorted_out(
    dues: Mapping[int, Due], cleared: set[Anomaly] | None = None
) -> tuple[list[Payable], dict[int, list[anomalies.Found]]]:
    """What can be paid, and what is held, and why."""
    day = timezone.localdate()
    partners = Partner.objects.in_bulk(list(dues))
    theirs = accounts.of_partners(list(dues), day)
    examined = anomalies.examination(theirs, list(dues), day)
    payable, held = [], {}
    for partner_id, due in dues.items():
        found = [it for it in examined.of(partners[partner_id], due) if it.anomaly not in (cleared or ())]
        if found:
            held[partner_id] = found
            continue
        account = theirs.in_force.get(partner_id)
        is_first = account is not None and theirs.is_first(account)
        payable.append(Payable(partners[partner_id], due, account, is_first))
    return payable, held


def _pay(batch: Batch, payable: Sequence[Payable]) -> None:
    """Write payments and lines, and move the tickets. Raises BatchMoved if one was undone meanwhile."""
    payments = Payment.objects.bulk_create(
        (
            Payment(
                batch=batch,
                partner=each.partner,
                account=each.account,
                is_first_on_account=each.is_first,
                legal_name=each.partner.name,
                siret=each.partner.siret,
                amount=each.due.total,
                sport=each.due.of_kind("sport"),
                culture=each.due.of_kind("culture"),
                corrected=each.due.corrected,
                tickets=len(each.due.uses),
            )
            for each in payable
        ),
        ROWS,
    )
    for ids in in_batches((use.ticket_id for each in payable for use in each.due.uses), ROWS):
        if not paying.enter_batch(ids):
            raise BatchMoved
    bulk_copy.insert(Line, ("payment", "use", "ticket", "correction", "amount"), _lines(payments, payable))


def _lines(payments: Sequence[Payment], payable: Sequence[Payable]) -> Iterator[tuple[object, ...]]:
    for payment, each in zip(payments, payable, strict=True):
        for use in each.due.uses:
            yield payment.pk, use.use_id, use.ticket_id, None, use.amount
        for it in each.due.corrections:
            yield payment.pk, None, None, it.correction_id, it.amount
