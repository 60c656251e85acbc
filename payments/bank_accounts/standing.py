"""The accounts of one organisme, as it sees them."""

import datetime as dt
from typing import NamedTuple

from payments.models import AccountState, BankAccount


class Standing(NamedTuple):
    # What it is paid on today, and from a day to come.
    in_force: BankAccount | None
    coming: BankAccount | None
    pending: BankAccount | None
    # The last one that was refused or frozen, if nothing was asked for since.
    stopped: BankAccount | None


def of_partner(partner_id: int, today: dt.date) -> Standing:
    theirs = BankAccount.objects.filter(partner=partner_id)
    confirmed = theirs.filter(state=AccountState.CONFIRMED).order_by("active_from", "pk")
    stopped = theirs.filter(state__in=[AccountState.FROZEN, AccountState.REFUSED])
    last, newest = stopped.order_by("stopped_at").last(), theirs.order_by("pk").last()
    return Standing(
        confirmed.filter(active_from__lte=today).last(),
        confirmed.filter(active_from__gt=today).last(),
        theirs.pending().first(),
        last if last and newest and newest.state in (AccountState.FROZEN, AccountState.REFUSED) else None,
    )
