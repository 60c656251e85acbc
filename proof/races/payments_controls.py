"""The controls of the races for payments: see `controls`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from payments import preparing
from payments.models import Batch, Fate, Outcome, Payment
from payments.models.batch import BatchQuerySet
from payments.models.payment import PaymentQuerySet
from tickets import paying, services
from tickets.models import State, Ticket, TicketQuerySet
from tickets.tests.unguarded import unlock_tickets

from . import agents, counter_controls, treasury
from .scene import Scene, replacing


def added_up_twice(scene: Scene) -> None:
    """By two workers, one of whom was taken for dead."""
    if scene.side == 0:
        _use(scene)
        _ask()
    scene.meet()
    with _nothing_held(), scene.meet_before(PaymentQuerySet, "bulk_create"):
        preparing.prepare.call(batch_id=_batch())


def undone_while_prepared(scene: Scene) -> None:
    """The worker writes what it has read, whatever a member has done since."""
    if scene.side == 0:
        _use(scene)
        _ask()
    scene.meet()
    with _nothing_held(), scene.after_the_other(TicketQuerySet, "update"):
        if scene.side == 0:
            preparing.prepare.call(batch_id=_batch())
        else:
            services.undo_use(ticket_id=scene.ticket, actor=agents.agent())


def approved_while_dropped(scene: Scene) -> None:
    """Who approves has read that it is prepared, and does so whatever was done since."""
    if scene.side == 0:
        _use(scene)
        treasury.prepared()
    scene.meet()
    batch = _batch()
    with _nothing_held(), scene.after_the_other(BatchQuerySet, "update"):
        if scene.side == 0:
            treasury.approve_batch(batch=batch)
        else:
            treasury.drop_batch(batch=batch)


def told_twice(scene: Scene) -> None:
    """Neither finds what the other one was told."""
    if scene.side == 0:
        _use(scene)
        treasury.sent()
    scene.meet()
    payment, fate = Payment.objects.awaited().earliest("pk").pk, [Fate.PAID, Fate.REJECTED][scene.side]
    with _nothing_held(), scene.meet_before(Outcome, "save"):
        treasury.tell(payment=payment, fate=fate)


def _use(scene: Scene) -> None:
    treasury.clear()
    counter_controls.use(scene, scene.ticket, member=0)


def _ask() -> None:
    """Not told to any worker yet."""
    Batch.objects.create(cut_off=timezone.localdate(), prepared_by=agents.agent())


def _batch() -> int:
    return Batch.objects.unsent().get().pk


@contextmanager
def _nothing_held() -> Iterator[None]:
    """No ticket, payment or batch is locked, and a ticket is moved whatever its state."""

    def move(ticket_ids: Any, before: State, after: State) -> bool:
        return bool(Ticket.objects.filter(pk__in=ticket_ids).update(state=after))

    def unlocked(rows: QuerySet[Any], **_: Any) -> QuerySet[Any]:
        return rows.all()

    with replacing() as replace:
        unlock_tickets(replace)
        replace(PaymentQuerySet, "select_for_update", unlocked)
        replace(BatchQuerySet, "select_for_update", unlocked)
        replace(paying, "_move", move)
        yield
