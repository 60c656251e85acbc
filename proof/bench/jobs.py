"""Row 7: what runs over the whole département at once, in how many seconds and how much memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from proof.servers.inside import inside
from proof.servers.servers import MEBIBYTE, ROOT, Failed

from .stage import Stage
from .table import Row, shown


@dataclass(frozen=True)
class Job:
    """A command of manage.py with its options; a module of the bench prepares `before` and checks `after`."""

    what: str
    command: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


# The last rows of their database: the roster changes every child.
JOBS = [
    Job("check_ledger", "check_ledger"),
    Job(
        "liste de rentrée, comparée", "run_tasks --queue files", before=("proof.bench.roster_inside", "bring")
    ),
    Job(
        "liste de rentrée, importée",
        "run_tasks --queue files",
        before=("proof.bench.roster_inside", "confirm"),
        after=("proof.bench.roster_inside", "check"),
    ),
]


def rows(stage: Stage) -> Iterator[Row]:
    for job in JOBS:
        if job.before:
            inside(*job.before, env=stage.env)
        seconds, peak = run(job, stage.env)
        lines = f" ({shown(inside(*job.after, env=stage.env))} lignes)" if job.after else ""
        yield Row(7, job.what + lines, seconds, "s", ours=f"au plus {shown(peak, 'Mio')}")


def run(job: Job, env: dict[str, str]) -> tuple[float, float]:
    """Seconds from its start to its end, and the most memory it had. Raises Failed."""
    start = time.perf_counter()
    command = [sys.executable, "manage.py", *job.command.split()]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{job.what} : {process.returncode}, son message est ci-dessus.")
    return time.perf_counter() - start, used.ru_maxrss * 1024 / MEBIBYTE
