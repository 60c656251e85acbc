"""Run every night. Safe to run twice, and while families are there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from privacy.retention.schedule import SWEEPS


class Command(BaseCommand):
    help = (
        "Anonymise les familles et oublie le reste, chaque chose après sa durée (KEEP_… dans .env.example). "
        "Les comptes restent justes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="dire ce qui le serait, et ne rien écrire")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        if dry_run:
            self.stdout.write("Essai : rien n’est écrit. Ce qui le serait :")
        now = timezone.now()
        for sweep in SWEEPS:
            count = sweep.count(now) if dry_run else sweep.run(now)
            self.stdout.write(f"{sweep.what} : {count}.")
