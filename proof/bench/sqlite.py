"""Row 6: creating tickets on SQLite, the trial's database; its queue. What counts is how many, how late."""

from collections.abc import Iterator
from pathlib import Path

from proof.servers.servers import environment, serve

from . import client, queue
from .client import Wrk
from .scale import Scale
from .stage import APPLICATION, come_in, fill
from .table import Row, errors, kept, sample


def rows(scale: Scale, directory: Path) -> Iterator[Row]:
    env = environment(f"sqlite:///{directory / 'bench.sqlite3'}")
    fill(env, scale)
    with serve(APPLICATION, env) as app:
        families = come_in(app, env, scale)
        wrk = Wrk(directory, families.orders())
        seen = client.interleave(scale.rounds, scale.seconds, ours=lambda seconds: wrk(app, seconds))
        ours = seen["ours"]
        yield Row(
            6,
            "créer un ticket sur SQLite",
            client.middle(ours, "rate"),
            "/s",
            ours=sample(ours, app.memory),
            rounds=kept(ours=ours),
            **errors(ours),
        )
    yield queue.drained(6, env, scale, directory)
