"""The one queue: whatever is done beside the pages is a task that django-tasks-db keeps and `run_tasks` does.

The worker that django-tasks-db brings leaves a task whose process was killed « running » for ever, and gives
one up at its first error. Ours takes it up again. A task holds numbers of rows, never a name or a text.

One that takes no context is done in one transaction with its end: exactly once, even if its process is
killed. One that takes its context has transactions of its own; it may be begun twice, and must bear it.
"""

import datetime as dt
import logging
import os
import socket
import time
from collections.abc import Collection
from enum import IntEnum, StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from . import db_errors

logger = logging.getLogger(__name__)


class Priority(IntEnum):
    """What comes first, whatever waits: the most urgent, and among equals the oldest."""

    LINK = 20  # Somebody waits before a page for it.
    NOTICE = 10  # What happened to somebody's tickets or account.
    FILE = 0  # An agent waits for an import or an export.
    BULK = -10  # To a whole département: reminders, invitations.


class Queue(StrEnum):
    """Worked on by processes of their own: a long import never makes a link wait."""

    MAIL = "mail"
    FILES = "files"


# A task whose worker has said nothing for so long is another one's. Reading a spreadsheet says nothing.
LEASES = {Queue.MAIL: dt.timedelta(minutes=2), Queue.FILES: dt.timedelta(minutes=10)}
# One that kills its worker is not begun for ever.
ATTEMPTS = 3
AGAIN_AFTER = dt.timedelta(seconds=10)
# Of a kind that needs what is away, in seconds.
PAUSE = 10
# How long agents may look at what failed, and try it again.
KEPT_FOR = dt.timedelta(days=7)


class Later(Exception):
    """Not now, and the task is not to blame: it is put back, and counts as not begun."""

    def __init__(self, after: dt.timedelta) -> None:
        self.after = after
        super().__init__(f"in {after}")


class Away(Later):
    """What all tasks of this kind need is away: this worker begins none of them for PAUSE.

    `who` says it in French.
    """

    def __init__(self, who: str, after: dt.timedelta = dt.timedelta()) -> None:
        super().__init__(after)
        self.who = who


class KilledItsWorkers(Exception):
    """It was begun ATTEMPTS times, and never came to an end."""


class Worker:
    """Does what is due in some queues, the most urgent first. Several may, on several hosts."""

    def __init__(self, queues: Collection[Queue] = tuple(Queue), name: str = "") -> None:
        self.name = name or f"{socket.gethostname()[:40]}-{os.getpid()}"
        self.queues = queues
        # By the path of their kind: until when, and who is away.
        self._paused: dict[str, tuple[float, str]] = {}
        # There was a task the last time: there may be more.
        self._is_busy = False

    def run_next(self) -> bool:
        """Begin the first task that is due, and end it; false if there is none."""
        claimed = self._claim()
        if claimed is None:
            return False
        try:
            _do(claimed)
        except Away as trouble:
            self._paused[claimed.task_path] = (time.monotonic() + PAUSE, trouble.who)
            logger.warning("Task %s waits: %r", claimed.task_path, trouble.__cause__)
            _put_back(claimed, trouble.after)
        except Later as later:
            _put_back(claimed, later.after)
        except Exception as trouble:  # noqa: BLE001 – whatever it is, the next task has its turn
            _after(trouble, claimed)
        return True

    def away(self) -> list[str]:
        """Who is, as far as this worker knows."""
        return [who for until, who in self._paused.values() if until > time.monotonic()]

    def _claim(self) -> DBTaskResult | None:
        paused = [path for path, (until, _) in self._paused.items() if until > time.monotonic()]
        due = DBTaskResult.objects.ready().filter(queue_name__in=self.queues).exclude(task_path__in=paused)
        if not (self._is_busy or due.exists()):
            # SQLite's only writer is not disturbed for nothing.
            return None
        with transaction.atomic():
            claimed: DBTaskResult | None = due.get_locked()
            if claimed:
                claimed.claim(self.name)
        self._is_busy = claimed is not None
        return claimed


def _do(claimed: DBTaskResult) -> None:
    task, asked = claimed.task, claimed.args_kwargs
    if task.takes_context:
        task.call(context_of(claimed), *asked["args"], **asked["kwargs"])
        _mine(claimed).delete()
        return
    if len(claimed.worker_ids) > ATTEMPTS:
        raise KilledItsWorkers
    with transaction.atomic():
        # First, so that its row is locked: nobody takes it up again before this transaction has ended.
        if _mine(claimed).delete()[0]:
            task.call(*asked["args"], **asked["kwargs"])


def context_of(claimed: DBTaskResult) -> TaskContext:
    result: Any = claimed.task_result
    return TaskContext(task_result=result)


def _after(trouble: Exception, task: DBTaskResult) -> None:
    """Its text and its traceback may name people: neither is kept."""
    if db_errors.is_transient(trouble):
        logger.warning("Task %s waits for the database", task.task_path)
        _put_back(task, AGAIN_AFTER)
        return
    logger.error("Task %s failed", task.task_path, exc_info=trouble)
    kind = type(trouble)
    _mine(task).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}",
    )


def _put_back(task: DBTaskResult, after: dt.timedelta) -> None:
    _mine(task).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + after, worker_ids=task.worker_ids[:-1]
    )


def _mine(task: DBTaskResult) -> QuerySet[DBTaskResult]:
    """Nothing, once another worker has taken it for dead."""
    running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
    return running.filter(worker_ids=task.worker_ids)


def _of(context: TaskContext) -> QuerySet[DBTaskResult]:
    result: Any = context.task_result
    return _mine(result.db_result)


def say_alive(context: TaskContext) -> bool:
    """For what takes longer than its lease, again and again; false once another worker has it."""
    return bool(_of(context).update(started_at=timezone.now()))


def end(context: TaskContext) -> bool:
    """For a task that takes its context: end it here, first in the transaction that does it.

    Both are kept, or neither, and nobody takes it up again meanwhile. False once another worker has it.
    """
    return bool(_of(context).delete()[0])


def is_put_off(task: Task[Any, Any]) -> bool:
    """One of this kind waits for a moment to come."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)
    return ready.filter(run_after__gt=timezone.now()).exclude(run_after=get_date_max()).exists()


def take_up_again() -> int:
    """Give back the tasks of workers that are silent, and return how many."""
    silent, now = Q(), timezone.now()
    for queue, lease in LEASES.items():
        silent |= Q(queue_name=queue, started_at__lt=now - lease)
    running = DBTaskResult.objects.filter(silent, status=TaskResultStatus.RUNNING)
    if not running.exists():
        return 0
    with transaction.atomic():
        # One whose row is locked is being done in a transaction, and not silent.
        dead = list(running.select_for_update(skip_locked=True).values_list("pk", flat=True))
        return DBTaskResult.objects.filter(pk__in=dead).update(status=TaskResultStatus.READY)


def was_begun_too_often(context: TaskContext) -> bool:
    """For a task that takes its context to ask first, and then to end by saying so in its own row."""
    return context.attempt > ATTEMPTS


def due_since(by: str) -> dict[str, dt.datetime]:
    """When the task that is due for longest was asked for, or was to be tried again.

    `by` is the column that they are grouped by: each queue, or each kind.
    """
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by().values_list(by)
    at_once = ready.filter(run_after=get_date_max()).annotate(since=Min("enqueued_at"))
    again = ready.filter(run_after__lte=timezone.now()).annotate(since=Min("run_after"))
    since: dict[str, dt.datetime] = dict(at_once)
    for group, at in again:
        since[group] = min(at, since.get(group, at))
    return since


def failed() -> QuerySet[DBTaskResult]:
    return DBTaskResult.objects.failed()


def retry(some: QuerySet[DBTaskResult]) -> int:
    """Let those of them that failed be done again; return how many."""
    return some.filter(status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY,
        run_after=timezone.now(),
        worker_ids=[],
        finished_at=None,
        exception_class_path="",
    )
