"""One server for all the journeys of a process: each has a new worker of it, and a new copy of the database.

What is imported is imported once, before the workers are forked; a worker remembers nothing of another.
"""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from demo import trial

GRACE, PATIENCE = 3, 30


class KeptServer:
    def __init__(self, start: Path, directory: Path, address: str, pid: int) -> None:
        self.directory, self._address, self._certificate = directory, address, start / "cert.pem"
        self._master = psutil.Process(pid)

    @contextmanager
    def serve(self, start: Path, kept: Path) -> Iterator[str]:
        """Serve a copy of what was prepared there; move to `kept` what was written."""
        shutil.copy(start / trial.DATABASE, self.directory)
        trial.wait_for(self._address, self._certificate)
        yield self._address
        self._replace_worker()
        for written in self.directory.iterdir():
            shutil.move(written, kept)

    def _replace_worker(self) -> None:
        """At once: whoever visited is gone. The next one is forked as soon as this one is buried.

        A connection that a browser opened for later, and never used, holds a thread of it for ever.
        """
        workers = self._master.children()
        for worker in workers:
            worker.send_signal(signal.SIGQUIT)
        _, held = psutil.wait_procs(workers, GRACE)
        for worker in held:
            worker.kill()
        _, left = psutil.wait_procs(held, PATIENCE)
        if not workers or left:
            raise trial.NotReady(f"Le serveur d’essai ne s’arrête pas\N{NO-BREAK SPACE}: {left}.")


@contextmanager
def kept_server(start: Path, directory: Path) -> Iterator[KeptServer]:
    with trial.server(start, directory, "--preload") as (address, process):
        yield KeptServer(start, directory, address, process.pid)
