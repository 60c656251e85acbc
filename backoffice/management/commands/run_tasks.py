"""The worker of the queue, always beside the pages: without it no e-mail leaves, nothing is imported."""

import logging
import math
import signal
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from backoffice.queue import upkeep
from core import delivery, tasks
from core.models import CommandRun
from core.tasks import Queue
from core.worker import Stop

logger = logging.getLogger(__name__)

# In seconds. A round ends after so long, so that whoever looks sees that it is there.
ROUND = 10
NOTED_EVERY = 60
KEPT_EVERY = 300


class Command(BaseCommand):
    """Several may run, on several hosts."""

    help = (
        "Fait ce que les pages laissent à faire (liens, avis, e-mails, imports, exports), une fois, ou "
        "sans fin avec --every."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDES",
            help="recommencer après autant de secondes sans travail, jusqu’à SIGTERM",
        )
        parser.add_argument(
            "--queue",
            choices=[*Queue],
            help="une seule file : mail (liens, avis, envois) ou files (imports, exports)",
        )

    def handle(self, *, every: float | None, queue: str | None, **options: Any) -> None:
        queues = [Queue(queue)] if queue else list(Queue)
        self.worker = tasks.Worker(queues)
        self.duties = [f"run_tasks --queue {one}" for one in queues]
        self.noted = self.kept = -math.inf
        stop = Stop()
        if every is None:
            self._once(stop)
            return
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: stop.set())
        while not stop.is_set():
            done = 0
            try:
                done = self._round(stop)
            except Exception:
                # A database that is away comes back.
                logger.exception("run_tasks waits")
            close_old_connections()
            if not done:
                stop.wait(every)

    def _once(self, stop: Stop) -> None:
        total = 0
        while done := self._round(stop):
            total += done
        if away := self.worker.away():
            raise CommandError(f"Ne répond pas : {', '.join(away)}.")
        self.stdout.write(f"Tâches faites : {total}.")

    def _round(self, stop: Stop) -> int:
        began, done = time.monotonic(), 0
        tasks.take_up_again()
        if began - self.kept > KEPT_EVERY:
            upkeep.keep()
            self.kept = began
        with delivery.kept_open():
            while not stop.is_set() and time.monotonic() - began < ROUND and self.worker.run_next():
                done += 1
        # Where the mail server is away, the doctor is to say so.
        if time.monotonic() - self.noted > NOTED_EVERY and not self.worker.away():
            for duty in self.duties:
                CommandRun.objects.note(duty)
            self.noted = time.monotonic()
        return done
