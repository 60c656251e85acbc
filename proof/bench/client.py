"""What asks: wrk, in the name of a family that has logged in, as fast as it is answered.

wrk (`wrk.lua`) keeps so many questions on the way at a time: as soon as one is answered the next leaves.
That measures how much work an answer is, and both sides of a ratio in the same way. How long people wait
at a given load is another question: see `september`.

Each request comes by a connection of its own, as from a proxy that keeps none: kept alive, connections
gather at one worker while its neighbours have nothing to do.
"""

import json
import subprocess
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

from proof.servers.browser import Target
from proof.servers.servers import HOST, Failed, Server

CLIENTS = 8
# The same in wrk.lua, which writes a new one over it at each request.
ORDER_KEY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Round:
    """What wrk saw in one go; times in milliseconds."""

    answered: int
    rate: float
    p50: float
    p99: float
    errors: int
    # The first answer that was not the expected one.
    example: str
    # Of processor, for one answer: of gunicorn and PostgreSQL, not of wrk.
    cpu: float = 0


class Wrk:
    """Sends these targets in turn to whatever server, for so many seconds."""

    def __init__(self, directory: Path, targets: Sequence[Target], clients: int = CLIENTS) -> None:
        self.file = directory / f"{uuid.uuid4()}.targets"
        self.file.write_text("\n".join(map(_line, targets)))
        self.leads_to = targets[0].leads_to
        self.clients = clients

    def __call__(self, server: Server, seconds: int) -> Round:
        before = server.cpu
        seen = self._run(server.port, seconds)
        return replace(seen, cpu=1000 * (server.cpu - before) / max(1, seen.answered))

    def _run(self, port: int, seconds: int) -> Round:
        command = [
            *("wrk", "--threads", "1", "--connections", str(self.clients), "--duration", f"{seconds}s"),
            *("--timeout", "30s", "--script", str(Path(__file__).with_name("wrk.lua"))),
            *(f"http://{HOST}:{port}", "--", str(self.file), str(uuid.uuid4())[:24], self.leads_to),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 – our own
        if done.returncode:
            raise Failed(f"wrk : {done.stderr}")
        return Round(**json.loads(done.stdout.splitlines()[-1]))


def _line(target: Target) -> str:
    return "\t".join([target.method, target.path, target.cookie, target.address, target.body])


Play = Callable[[int], Round]


def interleave(rounds: int, seconds: int, **plays: Play) -> dict[str, list[Round]]:
    """Each play in its turn, so many rounds: what disturbs the machine disturbs them all.

    Before the first of several each warms up, and that is not counted.
    """
    if rounds > 1:
        for play in plays.values():
            play(min(seconds, 2))
    seen: dict[str, list[Round]] = {name: [] for name in plays}
    for _ in range(rounds):
        for name, play in plays.items():
            seen[name].append(play(seconds))
    return seen


def ratio(ours: Sequence[Round], floor: Sequence[Round]) -> float:
    """The floor's time over ours: of the pairs that were measured side by side, the median."""
    return median(a.rate / b.rate if b.rate else 0.0 for a, b in zip(ours, floor, strict=True))


def cpu_ratio(ours: Sequence[Round], floor: Sequence[Round]) -> float:
    """The same of the processor's time, which neighbours on a busy machine change less."""
    return median(b.cpu / a.cpu if a.cpu else 0.0 for a, b in zip(ours, floor, strict=True))


def middle(rounds: Sequence[Round], name: str) -> Any:
    return median(getattr(one, name) for one in rounds)
