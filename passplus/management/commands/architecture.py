"""Run when a room imports another one for the first time, or no longer does."""

from graphlib import CycleError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from passplus.architecture.page import page


class Command(BaseCommand):
    help = "Écrit docs/architecture.md : les pièces, leurs tailles et leurs imports, d’après le code."

    # It reads the code alone.
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        try:
            text = page()
        except CycleError as cycle:
            raise CommandError(f"Des pièces s’importent en rond : {' → '.join(cycle.args[1])}.") from cycle
        path = settings.BASE_DIR / "docs" / "architecture.md"
        path.write_text(text)
        self.stdout.write(f"{path.relative_to(settings.BASE_DIR)} est écrite.")
