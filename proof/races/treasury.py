"""What two agents and their worker do with what organismes are owed: in a process that has Django."""

import datetime as dt
import uuid
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from partners.models import Partner
from payments import approving, outcomes, preparing, sending
from payments.files.making import make_all
from payments.files.storing import keep
from payments.models import (
    AccountState,
    BankAccount,
    Batch,
    BatchState,
    Fate,
    FileKind,
    Line,
    Outcome,
    Payment,
    Rules,
)
from payments.tests.factories import make_account
from tickets.models import State, Ticket

PREPARES, APPROVES = "agent", "agent.deux"
LONG_AGO = dt.date(2020, 9, 8)
# The most that a rule may say.
ANY_NUMBER = 32_767


def open_accounts(clubs: list[Partner]) -> None:
    """Races are run at any hour, and by the hundred: only what is due decides."""
    make_user(APPROVES, is_staff=True)
    for club in clubs:
        make_account(club)
    at_any_hour = {"night_from": 0, "night_until": 0, "uses_an_hour": ANY_NUMBER}
    Rules.objects.update(**at_any_hour, unusual_ratio=ANY_NUMBER)


def prepare_batch(*, key: str) -> None:
    """Whoever else is told to add it up: an agent's worker, and the one beside."""
    today = timezone.localdate()
    batch = preparing.ask(cut_off=today, key=uuid.UUID(key), actor=_agent(PREPARES))
    preparing.prepare.call(batch_id=batch.pk)


def approve_batch(*, batch: int) -> None:
    true = approving.totals(batch)
    approving.approve(
        batch_id=batch, total=true.amount, count=true.payments, last4={}, actor=_agent(APPROVES)
    )


def drop_batch(*, batch: int) -> None:
    approving.drop(batch_id=batch, shown=BatchState.PREPARED, actor=_agent(PREPARES))


def drop_open() -> str:
    """Whichever is prepared."""
    batch = Batch.objects.filter(state=BatchState.PREPARED).first()
    if batch is None:
        return "aucun lot"
    drop_batch(batch=batch.pk)
    return ""


def tell(*, payment: int, fate: str, mandat: str = "") -> None:
    reason = "" if fate == Fate.PAID else "Compte clos"
    outcomes.tell(
        payment_id=payment,
        fate=Fate(fate),
        on=timezone.localdate(),
        reason=reason,
        mandat=mandat,
        actor=_agent(PREPARES),
    )


def prepared() -> int:
    """A batch of all that is due, which nobody has approved."""
    prepare_batch(key=str(uuid.uuid4()))
    return Batch.objects.get(state=BatchState.PREPARED).pk


def sent() -> list[int]:
    """The payments of a batch of all that is due, which nobody has told of."""
    batch = prepared()
    _send(batch)
    return list(Payment.objects.awaited().filter(batch=batch).order_by("pk").values_list("pk", flat=True))


def settle() -> None:
    """All that is due is paid, whatever a race has left open."""
    _confirm_accounts()
    for batch in Batch.objects.unsent():
        preparing.prepare.call(batch_id=batch.pk)
        _send(batch.pk)
    _tell_all()
    if Ticket.objects.filter(state=State.USED).exists():
        sent()
        _tell_all()


def clear() -> None:
    """What a control has left open, whatever its state: no later one is to stumble over it."""
    now = timezone.now()
    unsent = Batch.objects.unsent()
    Line.objects.filter(payment__batch__in=unsent).release(now)
    Payment.objects.filter(batch__in=unsent).release(now)
    unsent.update(state=BatchState.DROPPED, dropped_by=_agent(PREPARES), dropped_at=now)
    _tell_all()
    held = Line.objects.living().filter(ticket__isnull=False)
    Ticket.objects.filter(state=State.IN_PAYMENT).exclude(pk__in=held.values("ticket")).update(
        state=State.USED
    )
    _confirm_accounts()


def twice() -> int:
    """Tickets that are in more than one living line, and payments of which two are true."""
    held = list(Line.objects.living().filter(ticket__isnull=False).values_list("ticket", flat=True))
    told = list(Outcome.objects.filter(~Q(fate=Fate.RETURNED)).values_list("payment", flat=True))
    return len(held) - len(set(held)) + len(told) - len(set(told))


def paid(campaign: int) -> Decimal:
    """What organismes were paid for its tickets; lines that were let go count, if their payment was paid."""
    of_paid = Line.objects.filter(payment__outcomes__fate=Fate.PAID, ticket__wallet__campaign=campaign)
    return sum(of_paid.values_list("amount", flat=True), Decimal(0))


def _send(batch: int) -> None:
    """Approved, its files made, but for what is drawn, and sent: as far as it is not yet. One of nothing is
    dropped.
    """
    if not Payment.objects.living().filter(batch=batch).exists():
        drop_batch(batch=batch)
        return
    if Batch.objects.filter(pk=batch, state=BatchState.PREPARED).exists():
        approve_batch(batch=batch)
    for payment in Payment.objects.living().filter(batch=batch):
        keep(batch, FileKind.STATEMENT, f"{payment.reference}.pdf", payment.reference.encode(), payment)
    make_all(batch, lambda: True)
    sending.send(batch_id=batch, actor=_agent(PREPARES))


def _tell_all() -> None:
    for payment in Payment.objects.awaited().order_by("pk"):
        tell(payment=payment.pk, fate=Fate.PAID)


def _confirm_accounts() -> None:
    """As two agents do it once more, after a payment was rejected."""
    now = timezone.now()
    BankAccount.objects.pending().update(
        state=AccountState.CONFIRMED,
        called_by=_agent(PREPARES),
        called_at=now,
        confirmed_by=_agent(APPROVES),
        confirmed_at=now,
        active_from=LONG_AGO,
    )


def _agent(username: str) -> User:
    return User.objects.get(username=username)
