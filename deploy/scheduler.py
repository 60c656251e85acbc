"""Runs the commands of the systemd timers where there is no systemd, one at a time.

The times are those of deploy/systemd/passplus-job@*.timer. What was due while nothing ran is done on the next
occasion: every command makes up for a day that was missed.
"""

import datetime as dt
import re
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast
from zoneinfo import ZoneInfo

LINES_TOLD = 30
HERE = Path(__file__).parent
CALENDAR = re.compile(r"OnCalendar=\*-\*-\* (?P<hour>\*|\d\d):(?P<minute>\d\d):00 (?P<zone>\S+)")


def due(moment: dt.datetime) -> Iterator[str]:
    """The commands of this very minute."""
    for timer in sorted((HERE / "systemd").glob("passplus-job@*.timer")):
        calendar = CALENDAR.search(timer.read_text())
        if not calendar:
            raise SystemExit(f"{timer} dit son heure autrement que « *-*-* 00:10:00 Europe/Paris ».")
        if _is_due(calendar, moment):
            yield timer.stem.partition("@")[2]


def _is_due(calendar: re.Match[str], moment: dt.datetime) -> bool:
    """Once a day, on the two Sundays too that lack an hour or have one twice."""
    zone = ZoneInfo(calendar["zone"])
    there, before = moment.astimezone(zone), (moment - dt.timedelta(minutes=1)).astimezone(zone)
    if calendar["hour"] == "*":
        return calendar["minute"] == f"{there:%M}"
    wanted = there.replace(hour=int(calendar["hour"]), minute=int(calendar["minute"]), tzinfo=None)
    here = there.replace(tzinfo=None)
    is_skipped = before.replace(tzinfo=None) < wanted < here
    return is_skipped or (wanted == here and not there.fold)


def run(command: str) -> None:
    """If it fails, ALERT_EMAIL has its last lines, as by passplus-alert@.service elsewhere."""
    manage = [sys.executable, str(HERE.parent / "manage.py")]
    with subprocess.Popen(  # noqa: S603
        [*manage, command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    ) as process:
        last = deque[str](maxlen=LINES_TOLD)
        for line in cast(IO[str], process.stdout):
            print(line, end="", flush=True)
            last.append(line)
    if process.returncode:
        subprocess.run([*manage, "alert", command], input="".join(last), text=True, check=False)  # noqa: S603


def main() -> None:
    # No lock that a signal, which comes amid anything, would wait for.
    stop: list[int] = []
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda number, _: stop.append(number))
    done = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    list(due(done))
    while not stop:
        time.sleep(1)
        # Minute after minute, those that a long command took too.
        while not stop and (moment := done + dt.timedelta(minutes=1)) <= dt.datetime.now(dt.UTC):
            for command in due(moment):
                run(command)
            done = moment


if __name__ == "__main__":
    main()
