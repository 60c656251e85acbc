"""Something to play with. Never on a real database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.demonstration import PASSWORD
from accounts.models import User
from demo import departement, family
from demo.population import PUPILS
from demo.sales import NotEnoughCredit


class Command(BaseCommand):
    help = "Charge les données de démonstration (refusé si DEBUG est désactivé ; peut être lancé deux fois)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="ne rien charger s’il y a déjà des comptes"
        )
        for option, rows in (
            ("partners", "organismes"),
            ("beneficiaries", "bénéficiaires, avec leurs parents et leurs porte-monnaie"),
            ("tickets", "tickets de ces bénéficiaires (2 ou 3 par enfant)"),
        ):
            parser.add_argument(
                f"--{option}", type=int, default=0, metavar="TOTAL", help=f"compléter jusqu’à TOTAL {rows}"
            )

    def handle(
        self,
        *,
        if_empty: bool,
        partners: int,
        beneficiaries: int,
        tickets: int,
        verbosity: int,
        **options: Any,
    ) -> None:
        if not settings.DEBUG:
            raise CommandError("Pas de démonstration en production : DEBUG est désactivé.")
        if not (if_empty and User.objects.exists()):
            family.load()
            try:
                departement.load(
                    partners=partners,
                    beneficiaries=beneficiaries,
                    tickets=tickets,
                    report=self.stdout.write if verbosity else str,
                )
            except NotEnoughCredit as refusal:
                raise CommandError(
                    f"Pas assez de crédit pour {tickets} tickets : demandez plus de bénéficiaires."
                ) from refusal
        self.stdout.write(f"\nComptes de démonstration (mot de passe : {PASSWORD})")
        for login in family.LOGINS:
            self.stdout.write(f"  {login.username:<18}{login.who}")
        if beneficiaries:
            self.stdout.write(f"  parent.{PUPILS}000001 et suivants : parents du département")
