"""Loads the communes, at installation and when the territory changes. Safe to run twice."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from partners.models import Commune
from partners.services import COMMUNES_92, load_communes


class Command(BaseCommand):
    help = "Crée ou corrige les communes du territoire : code INSEE, nom, code postal, centre en WGS 84."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=COMMUNES_92, help="par défaut : le 92")

    @transaction.atomic
    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            load_communes(file)
        except (OSError, TypeError, KeyError, ValueError, ValidationError) as trouble:
            raise CommandError(f"{file} n’est pas un fichier de communes : {trouble}") from trouble
        self.stdout.write(f"Communes : {Commune.objects.count()}.")
