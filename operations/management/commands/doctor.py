"""After an installation or an update, and whenever something seems wrong: it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.doctor.examination import examine
from operations.doctor.findings import Finding


class Command(BaseCommand):
    help = "Vérifie ce qu’il faut au site : une ligne par point, avec son remède ; sort avec 1 s’il y en a."

    # It says itself what is wrong with the settings, one by one.
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        to_do = 0
        for finding in examine():
            to_do += bool(finding.remedy)
            self.stdout.write(self._line(finding))
        if to_do:
            raise CommandError(f"{to_do} point{'s' * (to_do > 1)} à corriger.")

    def _line(self, finding: Finding) -> str:
        if finding.remedy:
            return f"{self.style.ERROR('À FAIRE')}  {finding.name} : {finding.seen} → {finding.remedy}."
        return f"{self.style.SUCCESS('OK')}       {finding.name} : {finding.seen}."
