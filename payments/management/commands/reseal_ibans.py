"""After a rotation of IBAN_KEYS: the former key may go once this has run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payments import iban_keys
from payments.models import BankAccount, BatchFile, Payer, ReturnFile
from payments.returns import receiving
from payments.returns.exceptions import NoLongerThere


class Command(BaseCommand):
    help = (
        "Chiffre de nouveau les IBAN, les fichiers des lots et les retours qui attendent, avec la première "
        "clé d’IBAN_KEYS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Row by row, stopped and started again at will: what came meanwhile has the new key already."""
        lost = [
            f"{what} {', '.join(map(str, pks))}"
            for what, pks in (
                ("celui du payeur", self._payer()),
                ("ceux des comptes", self._accounts()),
                ("les fichiers", self._files()),
                ("les retours", self._returns()),
            )
            if pks
        ]
        if lost:
            raise CommandError(f"Aucune clé n’ouvre {', ni '.join(lost)}.")

    def _payer(self) -> list[int]:
        """Its number, if no key opens it."""
        payer = Payer.current()
        if not payer.sealed_iban:
            return []
        try:
            iban = payer.iban
        except iban_keys.NotSealed:
            return [1]
        Payer.objects.filter(sealed_iban=payer.sealed_iban).update(sealed_iban=iban_keys.seal(iban))
        return []

    def _accounts(self) -> list[int]:
        """Those that no key opens."""
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
        return lost

    def _files(self) -> list[int]:
        """Those that no key opens. One at a time is in memory."""
        done, lost = 0, []
        for pk in BatchFile.objects.order_by("pk").values_list("pk", flat=True).iterator():
            try:
                done += BatchFile.objects.reseal(BatchFile.objects.get(pk=pk))
            except iban_keys.NotSealed:
                lost.append(pk)
        self.stdout.write(f"{done} fichiers chiffrés de nouveau.")
        return lost

    def _returns(self) -> list[int]:
        """Those that no key opens. Some may be confirmed meanwhile, and have no content any more."""
        done, lost, waiting = 0, [], ReturnFile.objects.exclude(sealed=b"").order_by("pk")
        for pk in list(waiting.values_list("pk", flat=True)):
            for file in waiting.filter(pk=pk):
                try:
                    done += receiving.reseal(file)
                except NoLongerThere:
                    lost.append(pk)
        self.stdout.write(f"{done} retours chiffrés de nouveau.")
        return lost
