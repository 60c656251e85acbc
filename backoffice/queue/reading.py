"""What waits in the queue and what failed, as agents see it."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import tasks
from core.models import CommandRun

from .kinds import KINDS, Kind

# A fault of ours may make thousands: whoever reads some of them has read them all.
SHOWN = 100


@dataclass(frozen=True)
class Line:
    """One kind of work."""

    path: str
    what: str
    waiting: int
    since: dt.datetime | None
    running: int
    failed: int


@dataclass(frozen=True)
class Failure:
    """One task that failed, and the row that it is about."""

    id: Any
    what: str
    address: str
    trouble: str
    at: dt.datetime | None
    begun: int


def lines() -> list[Line]:
    counted = DBTaskResult.objects.order_by().values_list("task_path", "status").annotate(Count("pk"))
    counts: Counter[tuple[str, str]] = Counter({(path, status): count for path, status, count in counted})
    since = tasks.due_since("task_path")
    return [
        Line(
            path,
            kind.what,
            counts[path, TaskResultStatus.READY],
            since.get(path),
            counts[path, TaskResultStatus.RUNNING],
            counts[path, TaskResultStatus.FAILED],
        )
        for path, kind in KINDS.items()
    ]


def failures() -> list[Failure]:
    """The latest ones. Of their error only the kind is kept: its text may name people."""
    failed = list(tasks.failed().order_by("-finished_at", "pk")[:SHOWN])
    rows: dict[str, list[int]] = defaultdict(list)
    for task in failed:
        if kind := KINDS.get(task.task_path):
            rows[task.task_path].append(kind.row_of(task))
    shown = {path: KINDS[path].shown_as(of_kind) for path, of_kind in rows.items()}
    return [_failure(task, KINDS.get(task.task_path), shown) for task in failed]


def _failure(task: DBTaskResult, kind: Kind | None, shown: dict[str, Any]) -> Failure:
    page = shown[task.task_path].get(kind.row_of(task)) if kind else None
    return Failure(
        id=task.pk,
        what=f"{kind.what}, n°\N{NO-BREAK SPACE}{kind.row_of(task)}" if kind else task.task_path,
        address=reverse(kind.page, args=[page]) if kind and kind.page and page else "",
        trouble=task.exception_class_path,
        at=task.finished_at,
        begun=len(task.worker_ids),
    )


def workers() -> dict[str, dt.datetime | None]:
    """When each queue's worker was last seen at the end of a round."""
    seen = dict(CommandRun.objects.filter(name__startswith="run_tasks").values_list("name", "succeeded_at"))
    return {queue: seen.get(f"run_tasks --queue {queue}") for queue in tasks.Queue}
