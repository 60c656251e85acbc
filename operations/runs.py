"""The commands that must run beside the pages, and the trace that each leaves, so that silence is noticed.

manage.py notes whoever came to an end, `WorkerCommand` each round: the commands know nothing of it.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max
from post_office.models import STATUS, Email

from backoffice.models import Import, Stage
from core.models import CommandRun, PreparedFile
from core.models import Stage as Making

QUARTER, DAY_AND_A_HALF = dt.timedelta(minutes=15), dt.timedelta(hours=36)


@dataclass(frozen=True)
class Duty:
    """How long ago a command may have succeeded, and how it is to be run."""

    within: dt.timedelta
    how: str


DUTIES = {
    "deliver": Duty(QUARTER, "lancez « manage.py deliver --every 5 » à côté de gunicorn, toujours"),
    "run_imports": Duty(QUARTER, "lancez « manage.py run_imports --every 5 » à côté de gunicorn, toujours"),
    "run_tasks": Duty(QUARTER, "lancez « manage.py run_tasks --every 2 » à côté de gunicorn, toujours"),
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
    """When each was last known to work. A long round, of thousands of messages, shows by what it does."""
    seen = dict(CommandRun.objects.values_list("name", "succeeded_at"))
    at_work = {
        "deliver": Email.objects.filter(status=STATUS.sent).aggregate(last=Max("last_updated"))["last"],
        "run_imports": Import.objects.filter(stage=Stage.RUNNING).aggregate(last=Max("seen_at"))["last"],
        "run_tasks": PreparedFile.objects.filter(stage=Making.WRITING).aggregate(last=Max("seen_at"))["last"],
    }
    for name, last in at_work.items():
        if last:
            seen[name] = max(last, seen.get(name, last))
    return seen
