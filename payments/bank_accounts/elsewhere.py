"""The same IBAN at other organismes: agents are shown it, and nothing follows by itself."""

from payments import iban_keys
from payments.models import AccountState, BankAccount
from payments.models.bank_account import BankAccountQuerySet

# What stands, or may tomorrow; and what somebody said is not theirs.
TOLD = [AccountState.ASKED, AccountState.CALLED, AccountState.CONFIRMED, AccountState.FROZEN]


def same(account: BankAccount) -> BankAccountQuerySet:
    """Of others that stand: two cards that were merged are one organisme."""
    return (
        BankAccount.objects.filter(digest__in=_digests(account), state__in=TOLD, partner__merged_into=None)
        .exclude(partner=account.partner_id)
        .select_related("partner")
    )


def _digests(account: BankAccount) -> list[str]:
    """By each key of now, where the IBAN is kept."""
    if not account.sealed_iban:
        return [account.digest]
    return [account.digest, *iban_keys.digests(iban_keys.unseal(account.sealed_iban))]
