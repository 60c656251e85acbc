"""The link of « Ce n'est pas nous »: signed, so that nobody without the e-mail makes one."""

import datetime as dt

from django.core import signing
from django.urls import reverse

from accounts.exceptions import LinkOutOfUse
from payments.models import AccountState, BankAccount

# From the e-mail on: longer than the account waits.
VALID = dt.timedelta(days=30)
_signer = signing.TimestampSigner(salt="payments.bank_accounts not ours")


def path(account: BankAccount) -> str:
    return reverse("payments:not_ours", args=[_signer.sign(str(account.pk))])


def account_of(token: str) -> BankAccount:
    """One that it can freeze, or has. Raises LinkOutOfUse."""
    try:
        pk = int(_signer.unsign(token, max_age=VALID))
    except (signing.BadSignature, ValueError) as wrong:
        raise LinkOutOfUse from wrong
    gone = [AccountState.REFUSED, AccountState.REPLACED]
    account = BankAccount.objects.select_related("partner").exclude(state__in=gone).filter(pk=pk).first()
    if account is None:
        raise LinkOutOfUse
    return account
