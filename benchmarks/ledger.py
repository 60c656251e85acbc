"""Row 7: what runs over the whole département at once, in how many seconds and how much memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from .servers import MEBIBYTE, ROOT, Failed
from .stage import Stage
from .table import Row, shown


@dataclass(frozen=True)
class Job:
    """`command` is given to manage.py, in production, on the database of the other rows."""

    what: str
    command: tuple[str, ...]


# An import at real size is one more Job, whose command writes its file and reads it; or, if the file must be
# made first, a function that yields the Job, called in `rows`.
JOBS = [Job("check_ledger", ("check_ledger",))]


def rows(stage: Stage) -> Iterator[Row]:
    for job in JOBS:
        seconds, peak = _run(job, stage.env)
        yield Row(7, job.what, seconds, "s", ours=f"au plus {shown(peak, 'Mio')}")


def _run(job: Job, env: dict[str, str]) -> tuple[float, float]:
    """Seconds from its start to its end, and the most memory it had. Raises Failed."""
    start = time.perf_counter()
    command = [sys.executable, "manage.py", *job.command]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{job.what} : {process.returncode}, son message est ci-dessus.")
    return time.perf_counter() - start, used.ru_maxrss * 1024 / MEBIBYTE
