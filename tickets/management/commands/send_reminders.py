"""Run every day, in the morning. Safe to run twice; a day that was missed is made up for."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tickets import reminders


class Command(BaseCommand):
    help = (
        "Écrit aux familles qui ont de l’argent, 30, 7 et 1 jours avant qu’il ne devienne plus des tickets."
    )

    def handle(self, **options: Any) -> None:
        count = reminders.send_due(today=timezone.localdate())
        self.stdout.write(f"Rappels écrits : {count}.")
