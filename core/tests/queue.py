"""The worker's part, in a test."""

import datetime as dt

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import delivery, tasks


def work() -> int:
    """Do whatever is due, and return how many tasks were begun."""
    worker, done = tasks.Worker(), 0
    with delivery.kept_open():
        while worker.run_next():
            done += 1
    return done


def nothing_waits() -> None:
    """What was asked for until now is not what a test looks at: a whole world asks for minutes of work."""
    DBTaskResult.objects.all().delete()


def claim(name: str = "killed") -> DBTaskResult:
    """As a worker that is killed before it does anything."""
    claimed = tasks.Worker(name=name)._claim()
    assert claimed
    return claimed


def pass_time() -> None:
    """As if every worker had been silent for longer than any lease."""
    silent = timezone.now() - max(tasks.LEASES.values()) - dt.timedelta(seconds=1)
    DBTaskResult.objects.update(started_at=silent)
