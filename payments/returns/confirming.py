"""Lets what an agent read of a return be told."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core.batches import in_batches
from payments.models import Outcome, ReturnFile, ReturnLine, ReturnState, Verdict

from . import judging, writing
from .exceptions import AlreadyConfirmed, CountDiffers, ReturnMoved

AT_ONCE = 2_000


def look_again(*, file_id: int) -> None:
    """Raises ReturnMoved if something was told of its payments since it was read: its lines then say so."""
    if _moved(file_id):
        raise ReturnMoved


@transaction.atomic
def confirm(*, file_id: int, count: int, actor: User) -> None:
    """`count` is how many payments it tells something of, typed again. A task then tells it.

    Raises AlreadyConfirmed, CountDiffers.
    """
    now, confirmed = timezone.now(), ReturnState.CONFIRMED
    if not _ready(file_id).update(state=confirmed, confirmed_by=actor, confirmed_at=now, sealed=b""):
        raise AlreadyConfirmed
    if count != ReturnLine.objects.to_tell().filter(file=file_id).count():
        raise CountDiffers
    writing.tell_lines.enqueue(file_id=file_id)


def _ready(file_id: int) -> QuerySet[ReturnFile]:
    return ReturnFile.objects.filter(pk=file_id, state=ReturnState.READY)


@transaction.atomic
def _moved(file_id: int) -> bool:
    """Locks the file: whoever confirms it meanwhile waits."""
    file = ReturnFile.objects.select_for_update(of=("self",)).get(pk=file_id)
    if file.state != ReturnState.READY:
        return False
    lines = list(file.lines.to_tell().order_by("number"))
    told = _told(line.payment_id for line in lines)
    moved = []
    for line in lines:
        found = judging.again(line, told[line.payment_id])
        if (found.verdict, found.fate) != (Verdict.TO_TELL, line.fate):
            line.verdict, line.why, line.fate = found.verdict, found.why, found.fate or line.fate
            moved.append(line)
    ReturnLine.objects.bulk_update(moved, ["verdict", "why", "fate"], batch_size=500)
    return bool(moved)


def _told(payments: Iterable[int | None]) -> dict[int | None, list[Outcome]]:
    told: dict[int | None, list[Outcome]] = defaultdict(list)
    for some in in_batches(payments, AT_ONCE):
        for outcome in Outcome.objects.filter(payment__in=some).order_by("pk"):
            told[outcome.payment_id].append(outcome)
    return told
