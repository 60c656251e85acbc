"""What runs beside the server, again and again, until it is told to stop."""

import logging
import math
import signal
import time
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from . import runs

logger = logging.getLogger(__name__)

NOTED_EVERY = 60


class WorkerCommand(BaseCommand):
    """`work` does what is due; once, or without end with --every. Several may run, on several hosts."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDES",
            help="recommencer après autant de secondes, jusqu’à SIGTERM",
        )

    def work(self, stop: Event) -> int:
        """Return how many things were done."""
        raise NotImplementedError

    def once(self, stop: Event) -> None:
        """Work, and say what was done. Raises CommandError where that says it better."""
        raise NotImplementedError

    def handle(self, *, every: float | None, **options: Any) -> None:
        stop = Event()
        if every is None:
            self.once(stop)
            return
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: stop.set())
        name = type(self).__module__.rpartition(".")[2]
        noted = -math.inf
        while not stop.is_set():
            try:
                self.work(stop)
                if time.monotonic() - noted > NOTED_EVERY:
                    runs.note(name)
                    noted = time.monotonic()
            except Exception:
                # A mail server or a database that is away comes back.
                logger.exception("%s waits", type(self).__module__)
            close_old_connections()
            stop.wait(every)
