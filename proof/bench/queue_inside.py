"""A queue that two workers drain while they are killed, and what is then counted in the database."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from post_office.models import STATUS, Email

from accounts.models import User
from backoffice.queue import upkeep
from core import delivery, tasks
from core.tasks import Queue
from proof.servers.servers import ROOT, Failed
from tickets.models import Happened, Notice, Ticket

from .mailbox import FILE

WORKER = ("manage.py", "run_tasks", "--queue", Queue.MAIL, "--every", "0.2")
LOOKED_AT_EVERY = 0.5
# Without one task less.
PATIENCE = 120


def main(number: str) -> dict[str, Any]:
    expected = fill(int(number))
    start = time.perf_counter()
    upkeep.adopt()
    adoption = time.perf_counter() - start
    notices = Notice.objects.count()
    seconds, kills = drain(notices, expected.total())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    arrived = Counter(line.split()[0] for line in Path(os.environ[FILE]).read_text().splitlines())
    twice = arrived.total() - len(arrived)
    return {
        "notices": notices,
        "emails": expected.total(),
        "tasks": notices + expected.total(),
        "adoption": adoption,
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "twice": twice,
        "faults": list(_faults(expected, arrived, kills)),
    }


def fill(number: int) -> Counter[str]:
    """Notices of so many orders, without tasks yet; return how many e-mails each address is to receive."""
    DBTaskResult.objects.all().delete()
    Notice.objects.all().delete()
    Email.objects.all().delete()
    orders = Ticket.objects.order_by().values("order").annotate(first=Min("number")).order_by("first")
    firsts = list(orders.values_list("first", flat=True)[:number])
    Notice.objects.bulk_create(
        [Notice(ticket_id=first, happened=Happened.CREATED) for first in firsts], batch_size=1000
    )
    boxes = _boxes()
    children = Notice.objects.order_by("pk").values_list("ticket__wallet__beneficiary_id", flat=True)
    return Counter(address for child in children for address in boxes.get(child, ()))


def _boxes() -> dict[int, set[str]]:
    """By child, the addresses of its guardians, each once."""
    found: dict[int, set[str]] = {}
    guardians = User.objects.filter(is_active=True, is_staff=False).exclude(email="")
    for child, address in guardians.values_list("guardianships__beneficiary_id", "email"):
        found.setdefault(child, set()).add(address.lower())
    return found


def drain(notices: int, emails: int) -> tuple[float, int]:
    """Seconds that it took, and how many workers were killed meanwhile. Raises Failed."""
    halves: list[Callable[[], bool]] = [
        lambda: Notice.objects.count() <= notices // 2,
        lambda: Email.objects.filter(status=STATUS.sent).count() >= emails // 2,
    ]
    workers, kills, start = [_worker(), _worker()], 0, time.perf_counter()
    try:
        for _ in _until_nothing_waits():
            if kills < len(halves) and halves[kills]():
                _kill(workers.pop(0))
                workers.append(_worker())
                kills += 1
        return time.perf_counter() - start, kills
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait()


def _worker() -> "subprocess.Popen[bytes]":
    command = [sys.executable, *WORKER]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 – ourselves


def _waiting() -> QuerySet[DBTaskResult]:
    """Of the queue that these workers are for: what is counted beside the pages waits in another one."""
    return DBTaskResult.objects.filter(queue_name=Queue.MAIL)


def _until_nothing_waits() -> Iterator[None]:
    left, since = -1, time.monotonic()
    while now := _waiting().exclude(status=TaskResultStatus.FAILED).count():
        if now != left:
            left, since = now, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            raise Failed(f"La file n’avance plus : {now} tâches.")
        yield
        time.sleep(LOOKED_AT_EVERY)


def _kill(worker: "subprocess.Popen[bytes]") -> None:
    """kill -9; then two minutes pass at once for the task that it had in hand."""
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    name = tasks.Worker(name="").name.rpartition("-")[0]
    with transaction.atomic():
        for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).select_for_update():
            if task.worker_ids[-1] != f"{name}-{worker.pid}":
                continue
            DBTaskResult.objects.filter(pk=task.pk).update(
                started_at=timezone.now() - 2 * tasks.LEASES[Queue.MAIL]
            )
            if email := task.args_kwargs["kwargs"].get("email_id"):
                claimed = Email.objects.filter(pk=email, status__in=delivery.WAITING)
                claimed.exclude(scheduled_time=None).update(scheduled_time=timezone.now())


def _faults(expected: Counter[str], arrived: Counter[str], kills: int) -> Iterator[str]:
    """A message may leave twice only if its worker was killed before it could note that it had left."""
    if Notice.objects.exists() or _waiting().exists():
        yield f"{_waiting().count()} tâches restent, {Notice.objects.count()} avis"
    written = Counter(address for [address] in Email.objects.values_list("to", flat=True).iterator())
    if lost := (expected - written).total():
        yield f"{lost} e-mails jamais écrits"
    if doubled := (written - expected).total():
        yield f"{doubled} e-mails écrits deux fois"
    sent = set(Email.objects.filter(status=STATUS.sent).values_list("message_id", flat=True).iterator())
    if len(sent) != expected.total() or sent != set(arrived):
        yield f"{len(arrived)} e-mails arrivés, {len(sent)} notés partis, pour {expected.total()}"
    if (twice := arrived.total() - len(arrived)) > kills:
        yield f"{twice} e-mails partis deux fois, pour {kills} ouvriers tués"
