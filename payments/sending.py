"""Hands an approved batch to the finance service."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User

from . import outcomes
from .exceptions import BatchMoved, FilesMissing
from .files import whole
from .models import Batch, BatchState, Fate, Payment


@transaction.atomic
def send(*, batch_id: int, actor: User) -> None:
    """Its files are all there, and stay as they are. What comes to nothing is settled at once.

    Locks the tickets of those, then the batch. Raises BatchMoved, FilesMissing.
    """
    if not whole(batch_id):
        raise FilesMissing
    approved = Batch.objects.filter(pk=batch_id, state=BatchState.APPROVED)
    if not approved.update(state=BatchState.SENT, sent_by=actor, sent_at=timezone.now()):
        raise BatchMoved
    for payment in Payment.objects.awaited().filter(batch=batch_id, amount=0):
        outcomes.tell(
            payment_id=payment.pk, fate=Fate.PAID, on=timezone.localdate(), actor=actor, settles=False
        )
    outcomes.settle(batch_id)
