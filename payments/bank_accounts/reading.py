"""A whole IBAN is read only with a row that says who did, and where."""

from django.db import transaction

from accounts.models import User
from payments import iban_keys
from payments.models import WITH_IBANS, AccountReading, BankAccount, BatchFile

from .exceptions import IbanErased


@transaction.atomic
def whole(*, account_id: int, where: str, actor: User) -> str:
    """« FR76 3000 … ». Raises IbanErased."""
    account = BankAccount.objects.get(pk=account_id)
    if not account.sealed_iban:
        raise IbanErased
    AccountReading.objects.create(account=account, actor=actor, where=where)
    return in_groups(iban_keys.unseal(account.sealed_iban))


def note_download(*, file: BatchFile, actor: User) -> None:
    """One row for all that it spells: thousands of accounts were as good as read."""
    if file.kind in WITH_IBANS:
        AccountReading.objects.create(file=file, actor=actor, where="Administration – Téléchargement")


def in_groups(iban: str) -> str:
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
