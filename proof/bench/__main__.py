"""`python -m proof.bench`, which `make bench` runs beside a throw-away PostgreSQL: it writes as it likes."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from proof.servers.servers import ROOT, Failed

from . import (
    campaign,
    counter,
    figures,
    growth,
    jobs,
    large,
    machine,
    pages,
    payments,
    pdf,
    photographs,
    queue,
    registrations,
    september,
    sqlite,
    table,
)
from .scale import FULL, QUICK, Scale
from .stage import Stage, on_postgresql
from .table import Row


class Bench:
    """The rows, in the order in which they are measured: what fills the disk last."""

    def __init__(self, database: str, scale: Scale, directory: Path, stack: ExitStack) -> None:
        self.database, self.scale, self.directory, self._stack = database, scale, directory, stack
        self.parts: dict[int, Callable[[], Iterator[Row]]] = {
            1: lambda: pages.ticket(self.stage),
            2: lambda: pages.statement(self.stage),
            3: lambda: pages.other_pages(self.stage),
            4: lambda: pages.login(self.stage),
            15: lambda: counter.uses(self.stage),
            16: lambda: counter.lists(self.stage),
            9: lambda: september.rows(self.stage),
            12: lambda: queue.rows(self.stage),
            13: self._figures,
            7: lambda: jobs.rows(self.stage),
            10: lambda: campaign.rows(self.stage),
            17: lambda: payments.rows(self.stage),
            18: lambda: registrations.rows(self.stage),
            5: lambda: pdf.rows(scale),
            14: lambda: photographs.rows(scale),
            6: lambda: sqlite.rows(scale, directory),
            8: lambda: growth.rows(database, scale, directory),
            11: lambda: large.rows(database, scale),
        }

    @cached_property
    def stage(self) -> Stage:
        """Filled once, at the first row that needs it."""
        say("un département")
        return self._stack.enter_context(on_postgresql(self.database, self.scale, self.directory))

    def _figures(self) -> Iterator[Row]:
        yield from figures.rows(self.stage)
        yield from figures.growing(self.database, self.scale, self.directory)

    def rows(self, only: set[int]) -> Iterator[Row]:
        for number, part in self.parts.items():
            if number in only:
                say(f"mesure {number}")
                yield from part()


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}…", file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Voir proof/bench/ et docs/performance.md."
    )
    parser.add_argument(
        "--only",
        default="1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18",
        metavar="1,2",
        help="ces mesures seulement",
    )
    parser.add_argument("--rounds", type=int, metavar="N", help="tours de chaque mesure (5)")
    parser.add_argument(
        "--quick", action="store_true", help="un essai en deux minutes, où aucune barre n’est jugée"
    )
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    scale = QUICK if asked.quick else FULL
    scale = replace(scale, rounds=asked.rounds or scale.rounds)
    database = os.environ["DATABASE_URL"]
    about = machine.facts(database)
    start = time.perf_counter()
    rows: list[Row] = []
    broken = ""
    with TemporaryDirectory() as directory, ExitStack() as stack:
        bench = Bench(database, scale, Path(directory), stack)
        try:
            rows.extend(bench.rows(set(map(int, asked.only.split(",")))))
        except Failed as failure:
            # What was measured until then took half an hour.
            broken = str(failure)
    rows.sort(key=lambda row: row.number)
    about["à la fin"] = f"charge {machine.load()}, après {(time.perf_counter() - start) / 60:.0f} min"
    file = ROOT / "var" / ("bench-quick.json" if asked.quick else "bench.json")
    table.write(file, rows, about, quick=asked.quick)
    print(table.render(rows, about, judged=not asked.quick))
    if broken:
        print(broken, file=sys.stderr)
    missed = not asked.quick and any(row.is_missed for row in rows)
    return int(bool(broken) or missed or any(row.errors for row in rows))


if __name__ == "__main__":
    sys.exit(main())
