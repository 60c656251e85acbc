"""Row 9: an hour of September, of families who do not wait for each other.

They come at random, so many a second, whether or not those before them have been answered; and how long one
waited is counted from when it came. (wrk asks again only once it is answered: a slow server is asked less,
and looks better than it is.) The load rises until one in a hundred waits more than a second; at half of what
was held, nobody should notice. The e-mails leave meanwhile, as in production.

At a hundred requests a second the standard library is quick enough to ask.
"""

import http.client
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import uuid4

from proof.servers.browser import Target
from proof.servers.servers import HOST, background

from .client import ORDER_KEY
from .stage import DIRECTORY, HOME, STATEMENT, WALLETS, Families, Stage
from .table import Bar, Row, shown

SECOND = 1000.0
STEP = 1.25
STEP_SECONDS = 12
# Nobody waits for somebody to ask: at the load where the p99 is a second, so many are never on the way.
ON_THE_WAY = 500
SEED = 9


@dataclass(frozen=True)
class Served:
    wanted: str
    # From when it came, in milliseconds.
    waited: float
    # What came instead of the expected answer.
    wrong: str


@dataclass(frozen=True)
class Load:
    rate: float
    served: Sequence[Served]

    @property
    def p99(self) -> float:
        return self._percentile(0.99)

    @property
    def p50(self) -> float:
        return self._percentile(0.5)

    @property
    def wrong(self) -> list[str]:
        return [f"{one.wanted} : {one.wrong}" for one in self.served if one.wrong]

    def _percentile(self, part: float) -> float:
        return _at(part, [one.waited for one in self.served])

    def __str__(self) -> str:
        return f"{shown(self.rate)}/s · {shown(self.p50)} et {shown(self.p99)} ms"

    @property
    def kept(self) -> dict[str, Any]:
        waits: defaultdict[str, list[float]] = defaultdict(list)
        for one in self.served:
            waits[one.wanted].append(one.waited)
        return {
            "rate": self.rate,
            "p50": self.p50,
            "p99": self.p99,
            "requests": len(self.served),
            "median of each": {wanted: _at(0.5, waited) for wanted, waited in waits.items()},
            "wrong": self.wrong[:3],
        }


def _at(part: float, waits: Sequence[float]) -> float:
    return sorted(waits)[min(int(part * len(waits)), len(waits) - 1)] if waits else 0.0


class Hour:
    """Who comes: 70 in a hundred read, 20 log in, 8 create a ticket, 2 print one."""

    def __init__(self, port: int, families: Families) -> None:
        self.port = port
        self.rng = Random(SEED)  # noqa: S311 – when families come is no secret
        self.wants = {
            "relevé": families.pages(STATEMENT),
            "accueil": families.pages(HOME),
            "porte-monnaie": families.pages(WALLETS),
            "annuaire": families.pages(DIRECTORY),
            "connexion": families.logins(),
            "ticket": families.orders(),
            "PDF": families.prints(),
        }
        self.shares = [20, 25, 10, 15, 20, 8, 2]

    def at(self, rate: float, seconds: float) -> Load:
        coming: list[Future[Served]] = []
        with ThreadPoolExecutor(ON_THE_WAY) as people:
            start = due = time.perf_counter()
            while (due := due + self.rng.expovariate(rate)) < start + seconds:
                time.sleep(max(0.0, due - time.perf_counter()))
                [wanted] = self.rng.choices(list(self.wants), self.shares)
                coming.append(people.submit(self._ask, wanted, self.rng.choice(self.wants[wanted]), due))
            served = [one.result() for one in coming]
        return Load(len(served) / max(seconds, time.perf_counter() - start), served)

    def _ask(self, wanted: str, target: Target, due: float) -> Served:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        body = target.body.replace(ORDER_KEY, str(uuid4())) or None
        try:
            connection.request(target.method, target.path, body, target.headers)
            answer = connection.getresponse()
            answer.read()
            is_right = target.is_answered_by(answer.status, answer.headers.get("Location", ""))
            wrong = "" if is_right else str(answer.status)
        except (OSError, http.client.HTTPException) as trouble:
            wrong = repr(trouble)
        finally:
            connection.close()
        return Served(wanted, (time.perf_counter() - due) * 1000, wrong)


def rows(stage: Stage) -> Iterator[Row]:
    hour = Hour(stage.app.port, stage.families)
    scale = stage.scale
    with background("manage.py", "run_tasks", "--every", "5", env=stage.env):
        hour.at(scale.september, scale.seconds)
        steps = _rise(hour, scale.september, scale.rises, STEP_SECONDS if scale.rises > 1 else scale.seconds)
        held = max(
            (step for step in steps if step.p99 <= SECOND), key=lambda step: step.rate, default=steps[0]
        )
        half = [hour.at(held.rate / 2, 2 * scale.seconds) for _ in range(scale.rounds)]
    yield _row("heure de septembre, charge tenue", held, steps, value=held.rate, unit="/s")
    calm = sorted(half, key=lambda load: load.p99)[len(half) // 2]
    what = "heure de septembre, p99 à la moitié"
    yield _row(what, calm, half, value=calm.p99, unit="ms", bar=Bar(300, "ms"))


def _rise(hour: Hour, rate: float, rises: int, seconds: float) -> list[Load]:
    """Until the p99 passes a second twice at the same rate: once may be the machine's."""
    steps: list[Load] = []
    for _ in range(rises):
        steps.append(hour.at(rate, seconds))
        if steps[-1].p99 > SECOND:
            steps.append(hour.at(rate, seconds))
            if steps[-1].p99 > SECOND:
                break
        rate *= STEP
    return steps


def _row(what: str, told: Load, loads: Sequence[Load], **facts: Any) -> Row:
    wrong = [one for load in loads for one in load.wrong]
    return Row(
        *(9, what),
        **facts,
        ours=str(told),
        errors=len(wrong),
        example=next(iter(wrong), ""),
        rounds={"loads": [load.kept for load in loads]},
    )
