"""Run by systemd for a unit that failed (deploy/systemd/passplus-alert@.service)."""

import sys
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandParser
from post_office.settings import get_backend


class Command(BaseCommand):
    help = "Envoie à ALERT_EMAIL ce qui est lu sur l’entrée, à propos de ce qui a échoué."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", metavar="UNITÉ")

    def handle(self, *, what: str, **options: Any) -> None:
        """Straight to the mail server: the outbox is in the database, which may be what is away."""
        if not settings.ALERT_EMAIL:
            self.stderr.write(f"{what} a échoué, et ALERT_EMAIL ne dit pas qui prévenir.")
            return
        message = EmailMessage(
            f"[{settings.BRAND['name']}] {what} a échoué",
            f"{settings.SITE_URL}\n\n{sys.stdin.read()}",
            to=[settings.ALERT_EMAIL],
            connection=get_connection(get_backend()),
        )
        message.send()
