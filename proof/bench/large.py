"""Row 11: what goes through all there is, among a million tickets: its seconds and its memory."""

from collections.abc import Iterator
from dataclasses import replace

from proof.servers.inside import inside
from proof.servers.servers import environment

from . import growth, jobs
from .jobs import Job
from .scale import Scale
from .table import Row, shown

INSIDE = "proof.bench.large_inside"
# In this order: the last ones change what the first ones read.
JOBS = [
    Job("check_ledger", "check_ledger"),
    Job(
        "export de tous les tickets, CSV",
        "run_tasks --queue files",
        before=(INSIDE, "csv"),
        after=(INSIDE, "size"),
    ),
    Job(
        "export de tous les tickets, XLSX",
        "run_tasks --queue files",
        before=(INSIDE, "xlsx"),
        after=(INSIDE, "size"),
    ),
    Job("expire_tickets", "expire_tickets", before=(INSIDE, "end")),
    Job("purge", "purge", before=(INSIDE, "leave")),
]


def rows(database: str, scale: Scale) -> Iterator[Row]:
    """In a database of its own, made of copies of one family (proof.bench.growth)."""
    grown = growth.named(database, "bench_large")
    growth.grow({scale.large: grown}, replace(scale, **growth.MODEL))
    env = environment(grown, KEEP_FAMILIES="1")
    for job in JOBS:
        found = inside(*job.before, env=env) if job.before else 0
        used = jobs.run(job, env)
        counted = inside(*job.after, env=env) if job.after else 0
        more = f" ({shown(counted or found)})" if job.command in {"run_tasks --queue files", "purge"} else ""
        what = f"{job.what}{more}, parmi {shown(scale.large)} tickets"
        yield Row(11, what, used.seconds, "s", ours=f"au plus {shown(used.own, 'Mio')}")
