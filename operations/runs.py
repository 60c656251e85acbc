"""The commands that must run beside the pages, and the trace that each leaves, so that silence is noticed.

manage.py notes whoever came to an end, `run_tasks` its rounds: the other commands know nothing of it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from backoffice.models import Import, Stage
from core.models import CommandRun, PreparedFile
from core.models import Stage as Making
from core.tasks import Queue

QUARTER, DAY_AND_A_HALF = dt.timedelta(minutes=15), dt.timedelta(hours=36)


@dataclass(frozen=True)
class Duty:
    """How long ago a command may have succeeded, and how it is to be run."""

    within: dt.timedelta
    how: str


DUTIES = {
    **{
        f"run_tasks --queue {queue}": Duty(
            QUARTER, f"lancez « manage.py run_tasks --queue {queue} --every 5 » à côté de gunicorn, toujours"
        )
        for queue in Queue
    },
    "expire_tickets": Duty(DAY_AND_A_HALF, "lancez « manage.py expire_tickets » chaque jour, après minuit"),
    "purge": Duty(DAY_AND_A_HALF, "lancez « manage.py purge » chaque nuit"),
    "send_reminders": Duty(DAY_AND_A_HALF, "lancez « manage.py send_reminders » chaque matin"),
    "check_ledger": Duty(
        DAY_AND_A_HALF, "lancez « manage.py check_ledger » chaque nuit, et lisez ce qu’elle dit"
    ),
}
if connection.vendor == "postgresql":
    DUTIES["backup"] = Duty(
        DAY_AND_A_HALF, "lancez « manage.py backup » chaque heure, et lisez ce qu’elle dit"
    )


def note(name: str) -> None:
    """That it succeeded, now. Of other commands there is nothing to note."""
    if name in DUTIES:
        CommandRun.objects.note(name)


def last_seen() -> Mapping[str, dt.datetime]:
    """When each was last known to work. A worker amid a long task shows by what it does."""
    seen = dict(CommandRun.objects.filter(name__in=DUTIES).values_list("name", "succeeded_at"))
    importing = Import.objects.filter(stage=Stage.RUNNING).aggregate(last=Max("seen_at"))["last"]
    exporting = PreparedFile.objects.filter(stage=Making.WRITING).aggregate(last=Max("seen_at"))["last"]
    files = f"run_tasks --queue {Queue.FILES}"
    for at_work in (importing, exporting):
        if at_work:
            seen[files] = max(at_work, seen.get(files, at_work))
    return seen
