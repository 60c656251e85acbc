"""`python -m drill`: everything that it breaks is its own."""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from staging.columns import aligned
from staging.servers import ROOT

from . import exercise
from .database import DatabaseKilled
from .exercise import HEADINGS, Row
from .incident import Incident
from .worker import WorkerKilled
from .workshop import FULL, QUICK, Workshop

INCIDENTS: list[type[Incident]] = [WorkerKilled, DatabaseKilled]
LOG = ROOT / "var" / "drill.log"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make drill", description="Voir drill/.")
    parser.add_argument("--only", default="", metavar="MOT", help="les incidents dont le nom contient ce mot")
    parser.add_argument("--quick", action="store_true", help="les plus courts, avec 200 commandes")
    return parser.parse_args()


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}…", file=sys.stderr, flush=True)


def main() -> int:
    asked = arguments()
    incidents = [one for one in INCIDENTS if asked.only in one.title and (one.is_quick or not asked.quick)]
    rows: list[Row] = []
    LOG.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as directory, LOG.open("w") as log:
        # PostgreSQL is somebody else, and must come through.
        Path(directory).chmod(0o755)
        workshop = Workshop(Path(directory), QUICK if asked.quick else FULL, log)
        say("une base et des familles")
        workshop.told  # noqa: B018 – made now
        for incident in incidents:
            say(incident.title)
            rows.append(exercise.run(incident(), workshop))
    print("\n".join(aligned(HEADINGS, [row.cells for row in rows])))
    for row in rows:
        for fault in [*row.faults, row.ledger]:
            if fault:
                print(f"{row.title} : {fault}")
    print(f"Le journal des serveurs est dans {LOG.relative_to(ROOT)}.")
    return int(not all(row.is_clean for row in rows))


if __name__ == "__main__":
    sys.exit(main())
