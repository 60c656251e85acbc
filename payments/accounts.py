"""Which accounts organismes are paid on."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple, cast

from .models import AccountState, BankAccount, Payment


class Accounts(NamedTuple):
    """Of some organismes, on one day. By organisme: the account in force, and the day another one begins."""

    in_force: dict[int, BankAccount]
    coming: dict[int, dt.date]
    # Digests that several organismes are paid on.
    shared: set[str]
    # Organismes that were paid before, and accounts that were.
    paid_before: set[int]
    known: set[int]

    def is_first(self, account: BankAccount) -> bool:
        """Whether the organisme was paid before, and never on this account."""
        return account.partner_id in self.paid_before and account.pk not in self.known


def of_partners(partner_ids: Collection[int], day: dt.date) -> Accounts:
    confirmed = BankAccount.objects.filter(state=AccountState.CONFIRMED, active_from__isnull=False)
    ours = confirmed.filter(partner__in=partner_ids).order_by("active_from", "pk")
    in_force: dict[int, BankAccount] = {}
    coming: dict[int, dt.date] = {}
    for account in ours:
        begins = cast(dt.date, account.active_from)
        if begins <= day:
            in_force[account.partner_id] = account
        else:
            coming.setdefault(account.partner_id, begins)
    digests = [account.digest for account in in_force.values()]
    holders: dict[str, set[int]] = {}
    others = BankAccount.objects.in_force(day).filter(digest__in=digests, partner__merged_into=None)
    for digest, partner_id in others.values_list("digest", "partner"):
        holders.setdefault(digest, set()).add(partner_id)
    paid = Payment.objects.living().filter(partner__in=partner_ids, batch__sent_at__isnull=False)
    pairs = set(paid.values_list("partner", "account"))
    return Accounts(
        in_force,
        coming,
        {digest for digest, partners in holders.items() if len(partners) > 1},
        {partner_id for partner_id, _ in pairs},
        {account_id for _, account_id in pairs if account_id},
    )
