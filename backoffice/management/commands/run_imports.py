"""Beside the server, always: without it no file that an agent brings is read."""

from backoffice.imports import worker as imports
from core.worker import Stop, WorkerCommand


class Command(WorkerCommand):
    help = "Lit et fait les imports en attente, une fois, ou sans fin avec --every."

    def work(self, stop: Stop) -> int:
        return imports.work(stop)

    def once(self, stop: Stop) -> None:
        self.stdout.write(f"Imports lus ou faits : {self.work(stop)}.")
