"""Run every day, after midnight. Safe to run twice."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tickets import expiry


class Command(BaseCommand):
    help = "Marque « Expiré » les tickets dont le dernier jour est passé, et l’inverse s’il fut repoussé."

    def handle(self, **options: Any) -> None:
        count = expiry.expire(today=timezone.localdate())
        self.stdout.write(f"Tickets expirés : {count}.")
