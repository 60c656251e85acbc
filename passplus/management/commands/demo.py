"""Something to play with. Never on a real database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from passplus.demo import family


class Command(BaseCommand):
    help = "Charge les données de démonstration (refusé si DEBUG est désactivé ; peut être lancé deux fois)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="ne rien charger s’il y a déjà des comptes"
        )

    def handle(self, *, if_empty: bool, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Pas de démonstration en production : DEBUG est désactivé.")
        if not (if_empty and User.objects.exists()):
            family.load()
        self.stdout.write(f"\nComptes de démonstration (mot de passe : {family.PASSWORD})")
        for login in family.LOGINS:
            self.stdout.write(f"  {login.username:<14}{login.who}")
