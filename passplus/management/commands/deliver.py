"""Beside the server, always: without it no e-mail leaves."""

from django.core.management.base import CommandError

from accounts import identifiers
from passplus import outbox
from passplus.worker import Stop, WorkerCommand
from tickets import notices


class Command(WorkerCommand):
    help = "Écrit et envoie les e-mails en attente, une fois, ou sans fin avec --every."

    def work(self, stop: Stop) -> int:
        # First who waits before a page for a link.
        identifiers.compose(stop.is_set)
        notices.compose(stop.is_set)
        return outbox.deliver(stop)

    def once(self, stop: Stop) -> None:
        try:
            self.stdout.write(f"E-mails envoyés : {self.work(stop)}.")
        except OSError as trouble:
            raise CommandError(f"Le serveur de messagerie ne répond pas : {trouble}") from trouble
