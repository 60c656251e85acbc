"""`python -m proof.drill`: everything that it breaks is its own."""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from proof.servers.columns import aligned
from proof.servers.servers import ROOT

from . import exercise
from .controls import CONTROLS
from .database import DatabaseKilled
from .disk import DiskFull, JournalFull
from .exercise import HEADINGS, Row
from .failover import ApplicationKilled, PrimaryFrozen, PrimaryKilled
from .incident import Incident
from .mail import MailServerAway, MailServerCut
from .paying import PayingKilled
from .restart import RollingRestart
from .slow import SlowConnections
from .worker import WorkerKilled
from .workshop import FULL, QUICK, Workshop

INCIDENTS: list[type[Incident]] = [
    WorkerKilled,
    DatabaseKilled,
    DiskFull,
    JournalFull,
    MailServerAway,
    MailServerCut,
    PayingKilled,
    RollingRestart,
    SlowConnections,
    PrimaryKilled,
    PrimaryFrozen,
    ApplicationKilled,
]
LOG = ROOT / "var" / "drill.log"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make drill", description="Voir proof/drill/.")
    parser.add_argument("--only", default="", metavar="MOT", help="les incidents dont le nom contient ce mot")
    parser.add_argument("--quick", action="store_true", help="les plus courts, avec 200 commandes")
    return parser.parse_args()


def chosen(only: str, *, quick: bool) -> list[type[Incident]]:
    """Who names one wants it, however long it takes."""
    return [
        incident
        for incident in INCIDENTS
        if (only in incident.title if only else incident.is_quick or not quick)
    ]


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}…", file=sys.stderr, flush=True)


def main() -> int:
    asked = arguments()
    LOG.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as directory, LOG.open("w") as log:
        # PostgreSQL is somebody else, and must come through.
        Path(directory).chmod(0o755)
        workshop = Workshop(Path(directory), QUICK if asked.quick else FULL, log)
        rows = [_run(incident, workshop) for incident in chosen(asked.only, quick=asked.quick)]
        # What the quick one sees is in proof/drill/tests.
        controls = [] if asked.only or asked.quick else CONTROLS
        shown = [(control, _run(control.incident, workshop)) for control in controls]
    print("\n".join(aligned(HEADINGS, [row.cells for row in rows])))
    for row in rows:
        for wrong in row.wrongs():
            print(f"{row.title} : {wrong}")
    for control, row in shown:
        print(control.sentence(row))
    print(f"Le journal des serveurs est dans {LOG.relative_to(ROOT)}.")
    return int(
        not rows
        or not all(row.is_clean for row in rows)
        or not all(control.seen_in(row) for control, row in shown)
    )


def _run(incident: type[Incident], workshop: Workshop) -> Row:
    say(incident.title)
    return exercise.run(incident(), workshop)


if __name__ == "__main__":
    sys.exit(main())
