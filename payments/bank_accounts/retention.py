"""How long a whole IBAN is kept: as long as a payment may use it. Its last four and its digest stay."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.audit import FORGOTTEN
from payments.models import AccountState, BankAccount, Payment
from payments.models.bank_account import BankAccountQuerySet

# After another one began, or it was refused: a payment may still come back, and be asked about.
KEPT = dt.timedelta(days=90)
# Somebody tried to be paid instead of an organisme: an inquiry may ask for it.
FROZEN_KEPT = dt.timedelta(days=365)
REPLACED = "Un autre compte sert depuis longtemps"


def due(now: dt.datetime) -> BankAccountQuerySet:
    """Accounts whose IBAN no payment uses any more."""
    newer = BankAccount.objects.filter(
        partner=OuterRef("partner"),
        state=AccountState.CONFIRMED,
        active_from__gt=OuterRef("active_from"),
        active_from__lt=timezone.localdate(now - KEPT),
    )
    awaited = Payment.objects.living().filter(account=OuterRef("pk"), outcomes=None, amount__gt=0)
    over = (
        Q(state__in=[AccountState.REFUSED, AccountState.REPLACED], stopped_at__lt=now - KEPT)
        | Q(state=AccountState.FROZEN, stopped_at__lt=now - FROZEN_KEPT)
        | Q(Exists(newer), state=AccountState.CONFIRMED)
    )
    return BankAccount.objects.exclude(sealed_iban="").filter(over & ~Exists(awaited))


def forget(accounts: Collection[BankAccount]) -> int:
    """Nor who was called; nor whose it was, if nothing was ever paid on it. One that another replaced can be
    paid on no more: it says so.
    """
    theirs = BankAccount.objects.filter(pk__in=[account.pk for account in accounts])
    theirs.filter(state=AccountState.CONFIRMED).update(
        state=AccountState.REPLACED, stopped_at=timezone.now(), stop_reason=REPLACED
    )
    theirs.filter(payments=None).update(holder=FORGOTTEN["subject"])
    return theirs.update(sealed_iban="", called_person="", called_number="")
