"""Beside the server, always: without it no e-mail leaves. Several may run, on several hosts."""

import logging
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from passplus import outbox

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Envoie les e-mails en attente, une fois, ou sans fin avec --every (jusqu’à SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDES", help="recommencer après autant de secondes"
        )

    def handle(self, *, every: float | None, **options: Any) -> None:
        stop = Event()
        if every is None:
            try:
                self.stdout.write(f"E-mails envoyés : {outbox.deliver(stop)}.")
            except OSError as trouble:
                raise CommandError(f"Le serveur de messagerie ne répond pas : {trouble}") from trouble
            return
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_: stop.set())
        while not stop.is_set():
            try:
                outbox.deliver(stop)
            except Exception:
                # A mail server or a database that is away comes back.
                logger.exception("The outbox waits")
            close_old_connections()
            stop.wait(every)
