"""Run every night, and after anything unusual: it only reads."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.snapshots import one_snapshot
from payments import agreement as payments
from tickets.figures import agreement
from tickets.models import Ticket, Use, used_without_a_use
from wallets.models import Entry, Wallet

SHOWN = 20
# The tickets of a row that was merged are the kept one's: its entries stay, each with its opposite.
GONE_WITH_A_MERGE = Q(reversed_by__isnull=False, wallet__beneficiary__merged_into__isnull=False)


class Command(BaseCommand):
    help = (
        "Vérifie que soldes, écritures, tickets, paiements et sommes des campagnes s’accordent ; dit ce qui "
        "ne va pas, et sort alors avec 1."
    )

    def handle(self, **options: Any) -> None:
        # What is compared was written at the same moment, whoever spends meanwhile.
        with one_snapshot():
            self._check()

    def _check(self) -> None:
        faults: dict[str, QuerySet[Any]] = {
            "Porte-monnaie dont le solde n’est pas la somme des écritures": Wallet.objects.out_of_balance(),
            "Tickets en désaccord avec leur écriture, leur offre ou leur état": (
                Ticket.objects.at_odds_with_ledger()
            ),
            "Tickets utilisés dont aucune utilisation ne parle": used_without_a_use(),
            "Utilisations en désaccord avec leur ticket": Use.objects.at_odds_with_tickets(),
            "Dépenses sans ticket": Entry.objects.spending().filter(ticket=None).exclude(GONE_WITH_A_MERGE),
            "Écritures contraires qui ne le sont pas de ce qu’elles annulent": Entry.objects.ill_reversed(),
        } | payments.faults()
        corrected = Entry.objects.corrections_since(timezone.now() - dt.timedelta(days=1))
        self.stdout.write(f"Corrections depuis 24 heures : {corrected}.")
        found = sum(self._tell(what, rows) for what, rows in faults.items())
        for sentence in agreement.disagreements(timezone.localdate()):
            self.stderr.write(self.style.ERROR(sentence))
            found += 1
        if found:
            raise CommandError(f"{found} désaccord(s).")
        counted = f"{Wallet.objects.count()} porte-monnaie, {Ticket.objects.count()} tickets"
        self.stdout.write(self.style.SUCCESS(f"Tout s’accorde : {counted}."))

    def _tell(self, what: str, rows: QuerySet[Any]) -> int:
        """Print the first of them by number: names have no place in a log."""
        numbers = list(rows.order_by("pk").values_list("pk", flat=True))
        if numbers:
            shown = ", ".join(map(str, numbers[:SHOWN])) + ("…" if len(numbers) > SHOWN else "")
            self.stderr.write(self.style.ERROR(f"{what} ({len(numbers)}) : {shown}"))
        return len(numbers)
