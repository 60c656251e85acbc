"""Beside the server, always: without it no e-mail leaves."""

from django.core.management.base import CommandError

from accounts import identifiers
from core import delivery as outbox
from core.worker import Stop, WorkerCommand
from tickets import notices


class Command(WorkerCommand):
    help = "Écrit et envoie les e-mails en attente, une fois, ou sans fin avec --every."

    def work(self, stop: Stop) -> int:
        """One round: a batch of each, so that who waits before a page for a link waits for no other batch."""
        return self._round(stop)[0]

    def once(self, stop: Stop) -> None:
        total, more = 0, 1
        try:
            while more:
                more, sent = self._round(stop)
                total += sent
        except OSError as trouble:
            raise CommandError(f"Le serveur de messagerie ne répond pas : {trouble}") from trouble
        self.stdout.write(f"E-mails envoyés : {total}.")

    def _round(self, stop: Stop) -> tuple[int, int]:
        """How much was done, and how many messages left."""
        composed = identifiers.compose(stop.is_set) + notices.compose(stop.is_set)
        sent, handled = outbox.deliver(stop)
        return composed + handled, sent
