"""Row 14: photographs of tickets, of 12 megapixels, in processor's time."""

from collections.abc import Iterator
from statistics import median

from proof.servers.inside import inside
from proof.servers.servers import environment

from .scale import Scale
from .table import Bar, Row

BAR = Bar(0.3, "s")


def rows(scale: Scale) -> Iterator[Row]:
    # None of its tickets is in a database.
    took = inside("proof.bench.photographs_inside", scale.rounds, env=environment("sqlite://:memory:"))
    for name, (seconds, missed) in took.items():
        yield Row(14, f"photo, {name}", median(seconds), "s", BAR, errors=missed, rounds={"seconds": seconds})
