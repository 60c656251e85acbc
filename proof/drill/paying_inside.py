"""Pays organismes for what families have ordered, by a worker that is killed at its work, again and again."""

import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from django.db.models import Count, Sum
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.tests.factories import make_user
from core import bulk_copy
from core.money import ZERO
from core.tasks import LEASES, Queue
from partners.tests.factories import make_offer, make_partner
from payments import approving, files, preparing, sending, settling
from payments.models import Batch, BatchState, FileKind, Line, Outcome, Payment, Rules
from payments.tests.factories import make_account
from proof.servers.servers import Failed
from tickets import services
from tickets.models import State, Ticket
from wallets.models import Kind

AGENTS = ("agent.un", "agent.deux")
ORGANISMES = 7
# Files made, or payments told paid, when the worker is killed.
SOME = 2
# The most that a rule may say.
ANY_NUMBER = 32_767
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND strpos(query, %s) > 0"
# In seconds.
PATIENCE = 60
LOOKED_AT_EVERY = 0.02

# Like this one, and so there in no time.
_processes = get_context("fork")


def work() -> None:
    call_command("run_tasks", queue=Queue.FILES, every=0.2)


def work_in_two_transactions() -> None:
    """Payments are committed, and that their tickets are in them, before the lines that say in which."""
    write = bulk_copy.insert

    def write_after_a_commit(*args: Any) -> Any:
        connection.connection.commit()
        return write(*args)

    with patch.object(bulk_copy, "insert", write_after_a_commit):
        work()


WORKS = {work.__name__: work, work_in_two_transactions.__name__: work_in_two_transactions}


def main(first: str) -> list[str]:
    """What is wrong in the end. `first` is how the first worker works."""
    due = use_all()
    batch = preparing.ask(cut_off=timezone.localdate(), key=uuid.uuid4(), actor=_agent(0)).pk
    worker = Worker(batch, due)
    try:
        return [*worker.prepared(WORKS[first]), *worker.made(), *worker.sent(), *worker.settled()]
    except Failed as stopped:
        return [str(stopped)]
    finally:
        worker.kill()


def use_all() -> tuple[int, Decimal]:
    """What families have so far is used, at some organismes in turn; return what is due to those that have an
    account. The first has none, and so the batch has something to hold.
    """
    for username in AGENTS:
        make_user(username, is_staff=True)
    Rules.objects.update(night_from=0, night_until=0, uses_an_hour=ANY_NUMBER)
    partners = [make_partner(f"CLUB {number}") for number in range(ORGANISMES)]
    for partner in partners[1:]:
        make_account(partner)
    clubs = [{str(kind): make_offer("Cirque", kind, partner=it).pk for kind in Kind} for it in partners]
    tickets = Ticket.objects.filter(state=State.UNUSED).order_by("pk")
    for number, (ticket, kind) in enumerate(tickets.values_list("pk", "wallet__kind")):
        services.use(ticket_id=ticket, offer_id=clubs[number % ORGANISMES][kind], actor=_agent(0))
    return _sum(Ticket.objects.filter(state=State.USED, offer__partner__bank_accounts__isnull=False))


class Worker:
    """That of one batch; another one takes its place, and what it had in hand."""

    def __init__(self, batch: int, due: tuple[int, Decimal]) -> None:
        self.batch, self.due = batch, due
        self._process: Any = None

    def prepared(self, first: Callable[[], None]) -> Iterator[str]:
        """Killed when all is written but what is held, and nothing is committed."""
        with _locked("LOCK TABLE payments_hold IN SHARE MODE"):
            self._start(first)
            _wait("l’ouvrier attend", partial(_is_waited_for, "payments_hold"))
            self.kill()
        self._replace()
        _wait("le lot est préparé", partial(self._is, BatchState.PREPARED))
        said, lines = approving.totals(self.batch), Line.objects.count()
        if (said.tickets, said.amount) != self.due or lines != self.due[0]:
            yield f"un lot de {said.tickets} tickets, {lines} lignes et {said.amount} € au lieu de {self.due}"
        approving.approve(
            batch_id=self.batch, total=said.amount, count=said.payments, last4={}, actor=_agent(1)
        )

    def made(self) -> Iterator[str]:
        """Killed when some of the statements are there: those stay."""
        made = Batch.objects.get(pk=self.batch).files
        _wait("des fichiers se font", lambda: made.count() >= SOME)
        self.kill()
        kept = dict(made.values_list("name", "sha256"))
        self._replace()
        _wait("les fichiers sont faits", lambda: files.whole(self.batch))
        if not kept.items() <= dict(made.values_list("name", "sha256")).items():
            yield "des fichiers ont été refaits"
        payments = Payment.objects.living().filter(batch=self.batch).count()
        if (statements := made.filter(kind=FileKind.STATEMENT).count()) != payments:
            yield f"{statements} états pour {payments} paiements"

    def sent(self) -> Iterator[str]:
        """Who sends it is killed before it is written."""
        with _locked("SELECT 1 FROM payments_batch FOR UPDATE"):
            page = _started(self._send)
            _wait("qui transmet attend", partial(_is_waited_for, "payments_batch"))
            page.kill()
            page.join()
        if not self._is(BatchState.APPROVED):
            yield "un lot transmis par personne"
        self._send()

    def settled(self) -> Iterator[str]:
        """Killed when some payments are told paid."""
        settling.tell_all_paid.enqueue(
            batch_id=self.batch,
            on=timezone.localdate().isoformat(),
            mandat="1",
            bordereau="1",
            actor_id=_agent(0).pk,
        )
        _wait("des paiements se disent payés", lambda: Outcome.objects.count() >= SOME)
        self.kill()
        self._replace()
        _wait("le lot est soldé", partial(self._is, BatchState.SETTLED))
        paid, told = _sum(Ticket.objects.filter(state=State.PAID)), Outcome.objects.count()
        if paid != self.due or told != Payment.objects.count():
            yield f"{told} paiements dits payés, {paid} au lieu de {self.due}"

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.join()

    def _start(self, does: Callable[[], None]) -> None:
        self._process = _started(does)

    def _replace(self) -> None:
        """As if the one before had been silent for long: once the database has seen that it is gone."""
        silent = timezone.now() - 2 * LEASES[Queue.FILES]
        for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
            if task.worker_ids[-1].endswith(f"-{self._process.pid}"):
                DBTaskResult.objects.filter(pk=task.pk).update(started_at=silent)
        self._start(work)

    def _send(self) -> None:
        sending.send(batch_id=self.batch, actor=_agent(0))

    def _is(self, state: BatchState) -> bool:
        return Batch.objects.filter(pk=self.batch, state=state).exists()


def _started(does: Callable[[], None]) -> Any:
    """In a process of its own, which shares no connection with this one."""
    connections.close_all()
    connection.close_pool()  # type: ignore[attr-defined]
    process = _processes.Process(target=does)
    process.start()
    return process


@contextmanager
def _locked(statement: str) -> Iterator[None]:
    """Somebody else holds that lock."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as theirs:
        theirs.execute(statement)
        yield
        theirs.rollback()


def _is_waited_for(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [table])
        return bool(cursor.fetchone()[0])


def _wait(what: str, is_so: Callable[[], bool]) -> None:
    """Raises Failed."""
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise Failed(f"{what} : toujours pas au bout de {PATIENCE} s")
        time.sleep(LOOKED_AT_EVERY)


def _sum(tickets: Any) -> tuple[int, Decimal]:
    found = tickets.aggregate(number=Count("pk"), euros=Sum("amount"))
    return found["number"], found["euros"] or ZERO


def _agent(rank: int) -> User:
    return User.objects.get(username=AGENTS[rank])
