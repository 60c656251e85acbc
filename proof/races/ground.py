"""Where races are run: a database of its own, gunicorn, and a process for each browser and each agent."""

import multiprocessing
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from random import Random
from typing import IO, Any

from proof.servers import tables
from proof.servers.browser import log_in
from proof.servers.servers import background, environment, serve

from . import families, inside
from .acts import Act, Outcome, Page

FAMILIES = 50
AGENTS = 4
# Until everybody has heard of the start.
READY_IN = 0.05
# A page comes to its service a while after its start: agents, who call it at once, now and then wait as long.
SLOWER = 0.06
CHANCE = Random()  # noqa: S311 – who meets whom is no secret


@dataclass(frozen=True)
class Member:
    """Of an organisme: its cookies, and one offer of each wallet's there."""

    cookies: Mapping[str, str]
    partner: int
    offers: Mapping[str, int]


@dataclass(frozen=True)
class Ground:
    name: str
    port: int
    families: Executor
    agents: Executor
    meeting: Barrier
    # Cookies of the two guardians.
    guardians: Sequence[Mapping[str, str]]
    # Those of the first organisme come first.
    members: Sequence[Member]
    partner: int
    offers: Mapping[str, int]

    def call(self, function: str, *arguments: Any) -> Any:
        """Of the module `database`, or of another one by its name."""
        name = function if ":" in function else f"proof.races.database:{function}"
        return self.agents.submit(inside.call, name, *arguments).result()

    def at_once(self, acts: Sequence[Act]) -> list[Outcome]:
        """Each act in a process of its own, which waits for the same instant."""
        start = time.time() + READY_IN
        running = [self._submit(act, start) for act in acts]
        return [one.result() for one in running]

    def _submit(self, act: Act, start: float) -> Any:
        if isinstance(act, Page):
            return self.families.submit(families.send, self.port, act, start)
        late = CHANCE.uniform(0, SLOWER)
        return self.agents.submit(inside.call, "proof.races.agents:perform", act, start + late)

    def control(self, name: str, campaign: int, scene: Mapping[str, Any]) -> bool:
        """Whether both sides of a control, each in its process, show the race."""
        self.meeting.reset()
        sides = [
            self.agents.submit(inside.call, "proof.races.controls:play", name, {**scene, "side": side})
            for side in range(2)
        ]
        told = [side.result() for side in sides]
        shown: bool = self.call("proof.races.controls:shows", name, campaign, told)
        return shown


@contextmanager
def on(name: str, database: str, log: IO[str]) -> Iterator[Ground]:
    """Served as in production, with what runs beside it; both tell their troubles to the log."""
    env = environment(database)
    tables.make(env)
    # Light processes that know nothing of this one's threads and connections.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["proof.races.families"])
    meeting = processes.Barrier(2)
    with (
        serve("passplus.wsgi", env, log) as server,
        background("manage.py", "run_tasks", "--every", "1", env=env, log=log),
        ProcessPoolExecutor(FAMILIES, processes) as parents,
        ProcessPoolExecutor(AGENTS, processes, inside.enter, (env, meeting)) as agents,
    ):
        told = agents.submit(inside.call, "proof.races.database:prepare").result()
        guardians = [log_in(server.port, username, told["password"]) for username in told["guardians"]]
        members = [
            Member(log_in(server.port, username, told["password"]), *told["clubs"][club])
            for username, club in told["members"]
        ]
        for pool, number in ((parents, FAMILIES), (agents, AGENTS)):
            list(pool.map(time.sleep, [0.3] * number))
        yield Ground(
            name=name,
            port=server.port,
            families=parents,
            agents=agents,
            meeting=meeting,
            guardians=guardians,
            members=members,
            partner=members[0].partner,
            offers=members[0].offers,
        )
