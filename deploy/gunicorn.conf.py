"""gunicorn for Pass+. The port is not here: `--bind` says it."""

import gc
import itertools
import os
import shutil
import tempfile
from typing import Any

wsgi_app = "passplus.wsgi"

# The variable is gunicorn's own, of the system's environment and not of .env.
workers = int(os.environ.get("WEB_CONCURRENCY") or (os.cpu_count() or 1) + 1)
# Threads keep light pages quick while a PDF is drawn: 5 ms instead of 105 with as many workers
# of one thread. Each has its connection (POOL, in passplus/databases.py).
worker_class = "gthread"
threads = 4
# Each worker has its own connections to the database, its own fonts and stylesheet, made after the fork.
preload_app = False
# A worker that leaked, in Python or in Pango, does not live for ever; not all of them leave together. The
# one that comes takes a second of processor, which in September's peak everybody waits for: after 1000
# requests, every few seconds, the slowest of a hundred pages waited five times longer than now.
max_requests = 20_000
max_requests_jitter = 5_000
# A kept-alive connection stays with its worker, even when that one is busy and its neighbour is not.
keepalive = 2
# An address may name the tickets to print: all it can be, and nginx says the same.
limit_request_line = 8190
# Nobody drives gunicorn through a socket here: one door less.
control_socket_disable = True


# What is counted and the sign of life of each worker are in memory, never on the disk. A worker that maps a
# file dies (SIGBUS) at the first page that a full disk cannot give: nobody could read anything any more.
in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 – the names in it are made up
worker_tmp_dir = in_memory


def post_worker_init(worker: Any) -> None:
    """What the application is made of stays: the garbage collector need not go through it again and again.

    It stopped a page now and then for a tenth of a second: the slowest of a hundred took three times longer.
    """
    gc.collect()
    gc.freeze()


# --- Where the workers count together (operations/metrics.py) -------------------------------------


def on_starting(server: Any) -> None:
    """A directory of our own, and a new one: a restart begins at nothing."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="passplus-metrics-", dir=in_memory)


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def pre_fork(server: Any, worker: Any) -> None:
    """A place among the workers. Who comes after one that left counts on where that one stopped.

    By its process id, as prometheus_client would, each of the thousands that come and go in a season
    leaves its files behind, to be read at every reading.
    """
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in itertools.count() if place not in taken)


def post_fork(server: Any, worker: Any) -> None:
    # Not above: what the master has imported stays as it was when the workers are reloaded.
    from prometheus_client import values  # noqa: PLC0415

    values.ValueClass = values.MultiProcessValue(lambda: worker.place)  # type: ignore[no-untyped-call]
