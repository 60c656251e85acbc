"""Tells all payments of a batch paid, beside the pages: what the finance service says in one sentence."""

import datetime as dt

from django_tasks import task

from accounts.models import User
from core.tasks import Priority, Queue

from . import outcomes
from .exceptions import AlreadyTold
from .models import Fate, Payment


@task(queue_name=Queue.FILES, priority=Priority.FILE, takes_context=True)
def tell_all_paid(
    context: object, *, batch_id: int, on: str, mandat: str, bordereau: str, actor_id: int
) -> None:
    """Those of which nothing has come back; `on` in ISO. Each in a transaction of its own: begun twice, it
    goes on where it was, and whatever else was told meanwhile stays. Then the batch is settled.
    """
    actor = User.objects.get(pk=actor_id)
    awaited = Payment.objects.awaited().filter(batch=batch_id).order_by("pk")
    for payment_id in list(awaited.values_list("pk", flat=True)):
        try:
            outcomes.tell(
                payment_id=payment_id,
                fate=Fate.PAID,
                on=dt.date.fromisoformat(on),
                mandat=mandat,
                bordereau=bordereau,
                actor=actor,
                settles=False,
            )
        except AlreadyTold:
            continue
    outcomes.settle(batch_id)
