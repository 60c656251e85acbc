"""After a rotation of IBAN_KEYS: the former key may go once this has run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payments import iban_keys
from payments.models import BankAccount


class Command(BaseCommand):
    help = "Chiffre de nouveau les IBAN des organismes, avec la première clé d’IBAN_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Row by row, stopped and started again at will: what came meanwhile has the new key already."""
        done, lost = 0, []
        kept = BankAccount.objects.exclude(sealed_iban="").order_by("pk")
        for pk, sealed in kept.values_list("pk", "sealed_iban").iterator():
            try:
                iban = iban_keys.unseal(sealed)
            except iban_keys.NotSealed:
                lost.append(pk)
                continue
            # Guarded: the IBAN may have been erased meanwhile.
            done += BankAccount.objects.filter(pk=pk, sealed_iban=sealed).update(
                sealed_iban=iban_keys.seal(iban), digest=iban_keys.digest(iban)
            )
        self.stdout.write(f"{done} IBAN chiffrés de nouveau.")
        if lost:
            raise CommandError(f"Aucune clé n’ouvre ceux des comptes {', '.join(map(str, lost))}.")
