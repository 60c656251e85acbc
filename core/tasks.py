"""The task queue: django-tasks keeps it, `manage.py run_tasks` works on it.

The worker that django-tasks-db brings leaves a task whose process was killed « running » for ever, and gives
one up at its first error. Ours takes it up again: a task may be begun twice, and must bear it.
"""

import datetime as dt
import logging
import os
import socket
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from . import db_errors

logger = logging.getLogger(__name__)

# A task whose worker has said nothing for so long is another one's.
LEASE = dt.timedelta(minutes=2)
# One that kills its worker is not begun for ever.
ATTEMPTS = 3
AGAIN_AFTER = dt.timedelta(seconds=10)
# What became of them is in the rows that they worked on.
KEPT_FOR = dt.timedelta(days=1)


def worker_name() -> str:
    return f"{socket.gethostname()[:40]}-{os.getpid()}"


def run_next(worker: str) -> bool:
    """Begin the first task that is due, and end it; false if there is none."""
    claimed = _claim(worker)
    if claimed is None:
        return False
    try:
        _call(claimed)
    except Exception as trouble:  # noqa: BLE001 – whatever it is, the next task has its turn
        _after(trouble, claimed)
    else:
        _mine(claimed).update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
    return True


def _call(claimed: DBTaskResult) -> None:
    task, asked = claimed.task, claimed.args_kwargs
    context = [context_of(claimed)] if task.takes_context else []
    task.call(*context, *asked["args"], **asked["kwargs"])


def context_of(claimed: DBTaskResult) -> TaskContext:
    result: Any = claimed.task_result
    return TaskContext(task_result=result)


def _claim(worker: str) -> DBTaskResult | None:
    due = DBTaskResult.objects.ready()
    if not due.exists():
        # SQLite's only writer is not disturbed for nothing.
        return None
    with transaction.atomic():
        claimed: DBTaskResult | None = due.get_locked()
        if claimed:
            claimed.claim(worker)
    return claimed


def _after(trouble: Exception, task: DBTaskResult) -> None:
    """Its text and its traceback may name people: neither is kept."""
    if db_errors.is_transient(trouble):
        logger.warning("Task %s waits for the database", task.task_path)
        # That is not to be counted as a death.
        before = task.worker_ids[:-1]
        _mine(task).update(
            status=TaskResultStatus.READY, run_after=timezone.now() + AGAIN_AFTER, worker_ids=before
        )
        return
    logger.error("Task %s failed", task.task_path, exc_info=trouble)
    kind = type(trouble)
    _mine(task).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}",
    )


def _mine(task: DBTaskResult) -> QuerySet[DBTaskResult]:
    """Nothing, once another worker has taken it for dead."""
    running = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
    return running.filter(worker_ids=task.worker_ids)


def say_alive(context: TaskContext) -> bool:
    """For what takes longer than the lease, again and again; false once another worker has it."""
    result: Any = context.task_result
    return bool(_mine(result.db_result).update(started_at=timezone.now()))


def take_up_again() -> int:
    """Give back the tasks of workers that are silent, and return how many."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return running.filter(started_at__lt=timezone.now() - LEASE).update(status=TaskResultStatus.READY)


def was_begun_too_often(context: TaskContext) -> bool:
    """For a task to ask first, and then to end by saying so in its own row."""
    return context.attempt > ATTEMPTS


def forget() -> None:
    """What was done, and what failed, once it is old."""
    over = Q(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
    DBTaskResult.objects.filter(over, finished_at__lt=timezone.now() - KEPT_FOR).delete()
