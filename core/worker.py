"""Commands that run beside the server in a loop, until SIGTERM."""

import logging
import math
import signal
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from .models import CommandRun

logger = logging.getLogger(__name__)

NOTED_EVERY = 60


class Stop:
    """Whether the end was asked for, by a signal, which comes amid anything.

    Its handler must take no lock that the thread below it may hold: an Event has one, and both waited for
    ever. The put of a SimpleQueue may interrupt its get.
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        self._asked.put(None)

    def is_set(self) -> bool:
        return not self._asked.empty()

    def wait(self, seconds: float) -> None:
        with suppress(Empty):
            self._asked.get(timeout=seconds)
            self.set()


class WorkerCommand(BaseCommand):
    """`work` does what is due; once, or without end with --every. Several may run, on several hosts."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDES",
            help="recommencer après autant de secondes, jusqu’à SIGTERM",
        )

    def work(self, stop: Stop) -> int:
        """Do one round, and return how many things were done: after none there is a pause."""
        raise NotImplementedError

    def once(self, stop: Stop) -> None:
        """Work, and say what was done. Raises CommandError where that says it better."""
        raise NotImplementedError

    def handle(self, *, every: float | None, **options: Any) -> None:
        stop = Stop()
        if every is None:
            self.once(stop)
            return
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: stop.set())
        name = type(self).__module__.rpartition(".")[2]
        noted = -math.inf
        while not stop.is_set():
            done = 0
            try:
                done = self.work(stop)
                if time.monotonic() - noted > NOTED_EVERY:
                    CommandRun.objects.note(name)
                    noted = time.monotonic()
            except Exception:
                # A mail server or a database that is away comes back.
                logger.exception("%s waits", type(self).__module__)
            close_old_connections()
            if not done:
                stop.wait(every)
