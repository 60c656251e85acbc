"""A manager asks for the account that its organisme is to be paid on."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from partners import memberships
from payments import iban_keys
from payments.models import AccountState, BankAccount

from . import ibans, mail
from .exceptions import AccountMoved, AlreadyYours, AnotherIsPending


@transaction.atomic
def ask(*, partner_id: int, holder: str, iban: str, bic: str = "", actor: User) -> BankAccount:
    """Nothing changes before agents have checked it. Whoever answers for the organisme is told at once.

    Sent twice, it is asked for once. Locks the organisme. Raises AlreadyYours, AnotherIsPending, and what
    `ibans.check` does.
    """
    checked = ibans.check(iban, bic)
    partner = memberships.lock(partner_id)
    same = iban_keys.digests(checked.iban)
    if pending := BankAccount.objects.pending().filter(partner=partner).first():
        if pending.digest in same and pending.asked_by_id == actor.pk and pending.holder == holder:
            return pending
        raise AnotherIsPending
    newest = BankAccount.objects.filter(partner=partner, state=AccountState.CONFIRMED).order_by("active_from")
    if (last := newest.last()) and last.digest in same:
        raise AlreadyYours
    account = BankAccount.objects.create(
        partner=partner,
        holder=holder,
        sealed_iban=iban_keys.seal(checked.iban),
        digest=iban_keys.digest(checked.iban),
        country=checked.country,
        last4=checked.last4,
        bic=checked.bic,
        asked_by=actor,
    )
    mail.asked(account)
    return account


@transaction.atomic
def withdraw(*, partner_id: int, actor: User) -> None:
    """What it asked for, mistyped say, while not confirmed. Locks the organisme. Raises AccountMoved."""
    memberships.lock(partner_id)
    pending = BankAccount.objects.pending().filter(partner=partner_id)
    withdrawn = pending.update(
        state=AccountState.REFUSED,
        stopped_by=actor,
        stopped_at=timezone.now(),
        stop_reason="Demande retirée par l’organisme",
    )
    if not withdrawn:
        raise AccountMoved
