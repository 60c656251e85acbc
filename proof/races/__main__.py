"""`python -m proof.races`, which `make races` runs beside a throw-away PostgreSQL."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from proof.servers.columns import aligned
from proof.servers.servers import ROOT

from . import ground
from .ground import Ground
from .hunt import HEADINGS, Hunt, Row
from .programme import PROGRAMME, Race

LOG = ROOT / "var" / "races.log"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make races", description="Voir proof/races/.")
    parser.add_argument("--seconds", type=float, default=120, metavar="N", help="durée des courses (120)")
    parser.add_argument("--only", default="", metavar="MOT", help="les courses dont le nom contient ce mot")
    parser.add_argument(
        "--quick", action="store_true", help="un tour de chacune, sans celle qui attend cinq secondes"
    )
    return parser.parse_args()


def hunt(here: Ground, races: Sequence[Race], seconds: float) -> Iterator[Row]:
    """The controls last: they may leave a ledger that does not agree."""
    one, before = Hunt(here), here.call("deadlocks")
    rows, share = [], seconds / sum(race.weight for race in races)
    for race in races:
        say(f"{here.name} : {race.title}")
        rows.append(one.run(race, share * race.weight))
    if deadlocks := here.call("deadlocks") - before:
        rows[-1].faults.append(f"{deadlocks} interblocage(s) dénoués par la base")
    for race, row in zip(races, rows, strict=True):
        one.control(race, row)
    yield from rows


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}…", file=sys.stderr, flush=True)


def main() -> int:
    asked = arguments()
    races = [race for race in PROGRAMME if asked.only in race.title and not (asked.quick and race.waits)]
    rows: list[Row] = []
    LOG.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as directory, LOG.open("w") as log:
        databases = {
            "PostgreSQL": os.environ["DATABASE_URL"],
            "SQLite": f"sqlite:///{Path(directory) / 'races.sqlite3'}",
        }
        seconds = 0 if asked.quick else asked.seconds / len(databases)
        for name, database in databases.items():
            say(f"{name} : une base, un serveur, des familles et des agents")
            with ground.on(name, database, log) as here:
                rows += hunt(here, races, seconds)
    print("\n".join(aligned(HEADINGS, [row.cells for row in rows])))
    for row in rows:
        for fault in dict.fromkeys(row.faults):
            print(f"{row.database}, {row.title} : {fault}")
    print(f"Le journal des serveurs est dans {LOG.relative_to(ROOT)}.")
    return int(not all(row.is_clean for row in rows))


if __name__ == "__main__":
    sys.exit(main())
