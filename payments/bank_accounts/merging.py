"""What becomes of accounts when two organismes are one: the kept one is paid where it was, or nowhere yet.

Its codes for the finance software are its own too, where it has some.
"""

from django.db import transaction
from django.utils import timezone

from payments.models import AccountState, BankAccount, PartnerAccounting

MERGED = "Fiche fusionnée dans une autre"


@transaction.atomic
def move(*, double_id: int, kept_id: int) -> None:
    """Once both are locked. An account of the double goes along only where the kept one has none of its
    kind: else a merge would change where it is paid without two agents.
    """
    theirs = BankAccount.objects.filter(partner=double_id)
    pending = theirs.pending()
    confirmed = theirs.filter(state=AccountState.CONFIRMED)
    kept = BankAccount.objects.filter(partner=kept_id)
    if kept.pending().exists():
        pending.update(state=AccountState.REFUSED, stopped_at=timezone.now(), stop_reason=MERGED)
    else:
        pending.update(partner=kept_id)
    if kept.filter(state=AccountState.CONFIRMED).exists():
        confirmed.update(state=AccountState.REPLACED, stopped_at=timezone.now(), stop_reason=MERGED)
    else:
        confirmed.update(partner=kept_id)
    if not PartnerAccounting.objects.filter(partner=kept_id).exists():
        PartnerAccounting.objects.filter(partner=double_id).update(partner=kept_id)
