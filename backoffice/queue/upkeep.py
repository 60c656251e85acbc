"""What keeps the queue whole: rows that wait without a task, tasks of workers that died, old failures."""

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from backoffice.imports import worker as imports
from core import prepared, tasks

from .kinds import KINDS, Kind

# What one transaction adopts: on SQLite pages wait for it.
AT_ONCE = 500


def keep() -> None:
    adopt()
    imports.forget()
    prepared.forget()
    forget_failures()


def adopt() -> int:
    """Give a task to each row that waits for one and has none; return how many.

    The release before this one had other queues: at an upgrade its rows wait without tasks, and those that
    its pages still write while this one starts. So does what a backup of it brings back.
    """
    DBTaskResult.objects.filter(queue_name="default", status=TaskResultStatus.READY).update(
        queue_name=tasks.Queue.FILES
    )
    return sum(map(_adopt, KINDS.values()))


def _adopt(kind: Kind) -> int:
    # The rows first: a task that ends meanwhile leaves one that waits no more, and then it does nothing.
    if not (waiting := dict(kind.rows())):
        return 0
    of_kind = DBTaskResult.objects.filter(task_path=kind.task.module_path)
    for task in of_kind.only("args_kwargs").iterator():
        waiting.pop(kind.row_of(task), None)
    alone = list(waiting.items())
    for start in range(0, len(alone), AT_ONCE):
        with transaction.atomic():
            for row, priority in alone[start : start + AT_ONCE]:
                kind.enqueue(row, priority)
    return len(alone)


def forget_failures() -> None:
    """Nobody tried them again: what they were about is given up."""
    old = tasks.failed().filter(finished_at__lt=timezone.now() - tasks.KEPT_FOR)
    for task in old:
        with transaction.atomic():
            if kind := KINDS.get(task.task_path):
                kind.give_up(kind.row_of(task))
            task.delete()
    # Of the release before this one, which kept them.
    DBTaskResult.objects.successful().delete()
