"""What happens at the same instant; each race has its control."""

import threading
import uuid
from contextlib import suppress

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from payments import approving, outcomes, preparing
from payments.models import Batch, BatchState, Fate, Line, Outcome
from payments.models.batch import BatchQuerySet
from tickets import services
from tickets.models import State, Ticket, TicketQuerySet
from tickets.tests.unguarded import unlock_tickets

from .factories import make_batch, make_use
from .paid import make_sent

pytestmark = pytest.mark.django_db(transaction=True)


def ask():
    preparing.ask(cut_off=timezone.localdate(), key=uuid.uuid4(), actor=make_user())


def test_prepared_twice_at_once(at_once):
    assert at_once(ask, ask) == ["AnotherBatchIsOpen", "done"]
    assert Batch.objects.unsent().count() == 1


def test_one_form_sent_twice_at_once(at_once):
    key, agent = uuid.uuid4(), make_user()

    def send():
        preparing.ask(cut_off=timezone.localdate(), key=key, actor=agent)

    assert at_once(send, send) == ["done", "done"]
    assert Batch.objects.count() == 1


def test_a_worker_taken_for_dead_goes_on(at_once, meeting_before):
    make_use()
    batch = Batch.objects.create(cut_off=timezone.localdate(), prepared_by=make_user())
    meeting_before(TicketQuerySet, "update")

    def prepare():
        preparing.prepare.call(batch_id=batch.pk)

    assert at_once(prepare, prepare) == ["done", "done"]
    assert Line.objects.count() == 1


def test_undone_while_its_batch_is_prepared(at_once, meeting_before):
    use = make_use()
    batch = Batch.objects.create(cut_off=timezone.localdate(), prepared_by=make_user())
    member = make_user()
    meeting_before(TicketQuerySet, "update")

    came = at_once(
        lambda: preparing.prepare.call(batch_id=batch.pk),
        lambda: services.undo_use(ticket_id=use.ticket_id, actor=member),
    )

    state = Ticket.objects.get(pk=use.ticket_id).state
    assert (state, Line.objects.count(), came) in [
        (State.IN_PAYMENT, 1, ["TicketNotUsed", "done"]),
        (State.UNUSED, 0, ["done", "done"]),
    ]


def test_control_without_a_lock_the_guard_refuses(at_once, meeting_before, without_lock, monkeypatch):
    """Neither of them is written half: the guarded update saves what the lock would have."""
    use = make_use()
    batch = Batch.objects.create(cut_off=timezone.localdate(), prepared_by=make_user())
    member = make_user()
    without_lock()
    unlock_tickets(monkeypatch.setattr)
    meeting_before(TicketQuerySet, "update", sure=True)

    came = at_once(
        lambda: preparing.prepare.call(batch_id=batch.pk),
        lambda: services.undo_use(ticket_id=use.ticket_id, actor=member),
    )

    # SQLite itself refuses whoever read before the other one wrote.
    late = {"OperationalError"} if connection.vendor == "sqlite" else {"BatchMoved", "TicketNotUsed"}
    assert came[0] in late
    assert came[1] == "done"
    assert Line.objects.count() == (Ticket.objects.get(pk=use.ticket_id).state == State.IN_PAYMENT)


def approval(batch: Batch, agent):
    """Of what the batch says now, before anybody runs."""
    true = approving.totals(batch.pk)
    return lambda: approving.approve(
        batch_id=batch.pk, total=true.amount, count=true.payments, last4={}, actor=agent
    )


def test_approved_while_it_is_dropped(at_once, meeting_before):
    use = make_use()
    batch, one, other = make_batch(), make_user(), make_user()
    meeting_before(BatchQuerySet, "update")

    came = at_once(
        approval(batch, one),
        lambda: approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=other),
    )

    assert came == ["BatchMoved", "done"]
    batch.refresh_from_db()
    ticket = Ticket.objects.get(pk=use.ticket_id)
    assert (batch.state, ticket.state) in [
        (BatchState.APPROVED, State.IN_PAYMENT),
        (BatchState.DROPPED, State.USED),
    ]


def test_two_outcomes_at_once(at_once, meeting_before):
    use = make_use()
    payment = make_sent().payments.get()
    one, other = make_user(), make_user()
    meeting_before(TicketQuerySet, "update")

    def tell(fate, reason, agent):
        outcomes.tell(payment_id=payment.pk, fate=fate, on=timezone.localdate(), reason=reason, actor=agent)

    came = at_once(lambda: tell(Fate.PAID, "", one), lambda: tell(Fate.REJECTED, "Clos", other))

    assert came == ["AlreadyTold", "done"]
    told = Outcome.objects.get()
    expected = State.PAID if told.fate == Fate.PAID else State.USED
    assert Ticket.objects.get(pk=use.ticket_id).state == expected


@pytest.mark.parametrize(
    ("locked", "state"),
    [
        pytest.param(True, BatchState.SETTLED, id="the second one sees both"),
        # The control: each still awaits what the other one tells.
        pytest.param(False, BatchState.SENT, id="without the lock"),
    ],
)
def test_the_last_two_told_at_once(at_once, meeting_before, without_lock, monkeypatch, locked, state):
    make_use(), make_use()
    batch, agent = make_sent(), make_user()
    first, second = batch.payments.order_by("pk").values_list("pk", flat=True)
    came = ["done", "done"]
    if locked:
        meeting_before(outcomes, "settle")
    else:
        without_lock()
        monkeypatch.setattr(BatchQuerySet, "select_for_update", lambda rows, **_: rows.all())
        dawdle_after_looking(monkeypatch)
        # SQLite itself refuses whoever read before the other one wrote.
        came = ["OperationalError", "done"] if connection.vendor == "sqlite" else came

    def tell(payment):
        outcomes.tell(payment_id=payment, fate=Fate.PAID, on=timezone.localdate(), actor=agent)

    assert at_once(lambda: tell(first), lambda: tell(second)) == came
    batch.refresh_from_db()
    assert batch.state == state


def dawdle_after_looking(monkeypatch):
    """Neither ends before the other one has looked for what is awaited."""
    # On SQLite only one of them comes so far.
    looked = threading.Barrier(2, timeout=1 if connection.vendor == "sqlite" else 20)
    settle = outcomes.settle

    def look_then_wait(batch_id):
        settle(batch_id)
        with suppress(threading.BrokenBarrierError):
            looked.wait()

    monkeypatch.setattr(outcomes, "settle", look_then_wait)


def test_told_by_hand_while_a_worker_tells_the_others(at_once, meeting_before):
    """The worker settles after its last one, not with it: whichever looks last sees all."""
    make_use(), make_use()
    batch, agent = make_sent(), make_user()
    first, second = batch.payments.order_by("pk").values_list("pk", flat=True)
    day = timezone.localdate()
    meeting_before(outcomes, "settle")

    def worker():
        outcomes.tell(payment_id=first, fate=Fate.PAID, on=day, actor=agent, settles=False)
        outcomes.settle(batch.pk)

    def by_hand():
        outcomes.tell(payment_id=second, fate=Fate.PAID, on=day, actor=agent)

    assert at_once(worker, by_hand) == ["done", "done"]
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED


def test_taken_out_while_it_is_approved(at_once, meeting_before):
    make_use(), make_use()
    batch, one = make_batch(), make_user()
    first = batch.payments.first()
    meeting_before(BatchQuerySet, "update")

    came = at_once(approval(batch, one), lambda: approving.take_out(payment_id=first.pk))

    batch.refresh_from_db()
    total = approving.totals(batch.pk)
    if batch.state == BatchState.APPROVED:
        assert (came, batch.approved_total) == (["PaymentMoved", "done"], total.amount)
    else:
        assert came == ["TotalDiffers", "done"]
