"""What row 17 does in a process that has Django."""

import datetime as dt
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

import psutil
from django.db.models import Count, Sum
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from core.money import ZERO
from core.tasks import Queue, Worker
from partners.models import Partner
from payments import approving, files, iban_keys, preparing, sending, settling
from payments.models import AccountState, BankAccount, Batch, BatchState, Payment, Rules
from payments.tests.ibans import french_iban
from proof.servers.servers import MEBIBYTE, ROOT
from tickets.models import State, Ticket, Use, Way

ROWS = 2_000
# Seconds.
LOOKED_AT_EVERY = 0.5
LONG_AGO = dt.timedelta(days=90)
# The most that a rule may say.
ANY_NUMBER = 32_767


def main(act: str, *arguments: str) -> Any:
    acts: dict[str, Callable[..., Any]] = {"fill": fill, "prepare": prepare, "finish": finish}
    return acts[act](*map(int, arguments))


def fill(tickets: int, organismes: int) -> None:
    """So many used tickets, so many organismes with an account; nothing else holds a payment."""
    # What other rows have left there is not of this one.
    DBTaskResult.objects.filter(queue_name=Queue.FILES).delete()
    _use(tickets - Ticket.objects.filter(state=State.USED).count())
    _make_accounts(organismes)
    Rules.objects.update(night_from=0, night_until=0, uses_an_hour=ANY_NUMBER)


def prepare() -> dict[str, Any]:
    """A batch; the same again, once that one is dropped. Another agent approves it."""
    due = _sum(Ticket.objects.filter(state=State.USED, offer__partner__bank_accounts__isnull=False))
    first, first_took = _prepare()
    faults = [*_faults(first, due)]
    dropped = _seconds(lambda: approving.drop(batch_id=first, shown=BatchState.PREPARED, actor=_agents()[1]))
    second, second_took = _prepare()
    faults += _faults(second, due)
    _approve(second)
    return {
        "batch": second,
        "payments": approving.totals(second).payments,
        "tickets": due[0],
        "prepared": [first_took, second_took],
        "dropped": dropped,
        "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "faults": faults,
    }


def finish(batch_id: int) -> dict[str, Any]:
    """Its files, made by a worker; then it is sent and told paid."""
    made, agent = _make_files(batch_id), _agents()[0]
    sending.send(batch_id=batch_id, actor=agent)
    today = timezone.localdate().isoformat()
    settling.tell_all_paid.enqueue(batch_id=batch_id, on=today, mandat="1", bordereau="1", actor_id=agent.pk)
    paid = _seconds(_work)
    statements = Payment.objects.living().filter(batch=batch_id).count()
    return {"files": made, "statements": statements, "paid": paid}


def _prepare() -> tuple[int, float]:
    """Which one, and in how many seconds."""
    batch = preparing.ask(cut_off=timezone.localdate(), key=uuid.uuid4(), actor=_agents()[0])
    return batch.pk, _seconds(_work)


def _approve(batch_id: int) -> None:
    true = approving.totals(batch_id)
    last4 = {it.pk: it.account.last4 for it in approving.first_on_account(batch_id) if it.account}
    approving.approve(
        batch_id=batch_id, total=true.amount, count=true.payments, last4=last4, actor=_agents()[1]
    )


def _faults(batch_id: int, due: tuple[int, Decimal]) -> Iterator[str]:
    """A batch says what was due before it, and so do the tickets that it holds."""
    said = approving.totals(batch_id)
    held = _sum(Ticket.objects.filter(state=State.IN_PAYMENT))
    for found in ((said.tickets, said.amount), held):
        if found != due:
            yield f"lot {batch_id} : {found} au lieu de {due}"


def _make_files(batch_id: int) -> dict[str, Any]:
    """By a worker in a process of its own; meanwhile, what a page says of it, and what it holds."""
    seen: list[tuple[int, float]] = []
    command, start = [sys.executable, "manage.py", "run_tasks", "--queue", Queue.FILES], time.perf_counter()
    with psutil.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as worker:
        while worker.poll() is None:
            with suppress(psutil.Error):
                seen.append((files.progress(batch_id)[0], worker.memory_info().rss / MEBIBYTE))
            time.sleep(LOOKED_AT_EVERY)
    seconds, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    statements, last = Batch.objects.get(pk=batch_id).payments.living().count(), seen[-1][1]
    return {
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "steps": len({made for made, _ in seen}),
        "quarter": next((held for made, held in seen if made >= statements / 4), last),
        "end": next((held for made, held in seen if made >= statements), last),
        "most": used.ru_maxrss / 1024,
        "whole": files.whole(batch_id),
    }


def _work() -> None:
    worker = Worker([Queue.FILES])
    while worker.run_next():
        pass


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _sum(tickets: Any) -> tuple[int, Decimal]:
    found = tickets.aggregate(number=Count("pk"), euros=Sum("amount"))
    return found["number"], found["euros"] or ZERO


def _agents() -> tuple[User, User]:
    return User.objects.get(username="agent.test"), User.objects.get(username="agent2.test")


def _use(missing: int) -> None:
    """By an agent, one more each minute."""
    agent, now = _agents()[0], timezone.now()
    waiting = Ticket.objects.filter(state=State.UNUSED, offer__isnull=False).select_related("offer")
    tickets = list(waiting.order_by("pk")[: max(0, missing)])
    uses = []
    for minutes, ticket in enumerate(tickets):
        moment = now - dt.timedelta(minutes=minutes)
        ticket.state, ticket.used_by, ticket.used_at = State.USED, agent, moment
        uses.append(Use(ticket=ticket, offer=ticket.offer, way=Way.AGENT, actor=agent, used_at=moment))
    Ticket.objects.bulk_update(tickets, ["state", "used_by", "used_at"], ROWS)
    Use.objects.bulk_create(uses, ROWS)


def _make_accounts(organismes: int) -> None:
    """Checked long ago, of the first that have used tickets."""
    (one, other), at = _agents(), timezone.now() - LONG_AGO
    BankAccount.objects.all().delete()
    owed = Ticket.objects.filter(state=State.USED).values("offer__partner")
    owed_first = Partner.objects.filter(pk__in=owed).order_by("pk")[:organismes]
    BankAccount.objects.bulk_create(
        BankAccount(
            partner=partner,
            holder=partner.name[:70],
            sealed_iban=iban_keys.seal(iban),
            digest=iban_keys.digest(iban),
            country="FR",
            last4=iban[-4:],
            state=AccountState.CONFIRMED,
            asked_by=one,
            called_by=one,
            called_at=at,
            confirmed_by=other,
            confirmed_at=at,
            active_from=timezone.localdate(at),
        )
        for partner, iban in ((it, french_iban(it.pk)) for it in owed_first)
    )
