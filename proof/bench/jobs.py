"""Row 7: what runs over the whole département at once, in how many seconds and how much memory."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from proof.servers.inside import inside
from proof.servers.servers import MEBIBYTE, ROOT, Failed, manage

from .stage import Stage
from .table import NBSP, Bar, Row, shown


@dataclass(frozen=True)
class Job:
    """A command of manage.py with its options; a module of the bench prepares `before` and checks `after`."""

    what: str
    command: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    # Seconds, which it must not pass; then each of its processes has a bar for its memory too.
    bar: float | None = None


FILES, ROSTER = "run_tasks --queue files", "proof.bench.roster_inside"
# The last rows of their database: the roster changes every child.
JOBS = [
    Job("check_ledger", "check_ledger"),
    Job("liste de rentrée en CSV, comparée", FILES, before=(ROSTER, "csv")),
    Job("liste de rentrée en CSV, importée", FILES, before=(ROSTER, "confirm"), after=(ROSTER, "check")),
    # That of the next year, with thirty cells a line.
    Job("liste de rentrée en XLSX, comparée", FILES, before=(ROSTER, "xlsx"), bar=15),
    Job(
        "liste de rentrée en XLSX, importée",
        FILES,
        before=(ROSTER, "confirm"),
        after=(ROSTER, "check"),
        bar=20,
    ),
    Job(
        "liste de rentrée en XLSX, annulée",
        FILES,
        before=(ROSTER, "undo"),
        after=(ROSTER, "check_undone"),
    ),
]
# Mebibytes, of the worker and of the process that reads a workbook for it.
MEMORY = 300
# Seconds between two looks at them: the kernel keeps the most that each had.
LOOK_EVERY = 0.05


def rows(stage: Stage) -> Iterator[Row]:
    for job in JOBS:
        if job.command == FILES:
            # What other pages asked for, such as the figures, is not this file's work.
            manage(*FILES.split(), env=stage.env)
        if job.before:
            inside(*job.before, env=stage.env)
        used = run(job, stage.env)
        lines = f" ({shown(inside(*job.after, env=stage.env))} lignes)" if job.after else ""
        most = f"au plus {shown(used.own, 'Mio')}, CPU {shown(used.cpu, 's')}"
        yield Row(7, job.what + lines, used.seconds, "s", Bar(job.bar, "s") if job.bar else None, ours=most)
        if job.bar:
            for who, peak in (("ouvrier", used.own), ("lecteur du classeur", used.child)):
                yield Row(7, f"{job.what}{NBSP}: {who}", peak, "Mio", Bar(MEMORY, "Mio"))


@dataclass
class Used:
    """Seconds from its start to its end, and of processors, its child's too; the most memory of each."""

    seconds: float = 0
    cpu: float = 0
    own: float = 0
    child: float = 0

    def look(self, process: psutil.Process) -> None:
        self.own = max(self.own, _most_of(process.pid))
        for child in process.children():
            self.child = max(self.child, _most_of(child.pid))


def run(job: Job, env: dict[str, str]) -> Used:
    """Raises Failed."""
    used, start = Used(), time.perf_counter()
    command = [sys.executable, "manage.py", *job.command.split()]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        seen = psutil.Process(process.pid)
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            with suppress(psutil.Error, OSError):
                used.look(seen)
            time.sleep(LOOK_EVERY)
        _, status, resources = ended
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{job.what} : {process.returncode}, son message est ci-dessus.")
    used.seconds, used.cpu = time.perf_counter() - start, resources.ru_utime + resources.ru_stime
    return used


def _most_of(pid: int) -> float:
    """VmHWM. Raises OSError."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / MEBIBYTE
    return 0
