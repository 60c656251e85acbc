"""An agent calls the organisme back, another one confirms."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from partners import memberships
from payments import working_days
from payments.models import AccountState, BankAccount, Rules

from . import elsewhere, ibans, mail, numbers
from .exceptions import (
    AccountMoved,
    CalledAtAnotherTime,
    ForeignNeedsReason,
    NotOnFile,
    SameAgent,
    SharedNeedsReason,
)


@transaction.atomic
def call_back(
    *,
    account_id: int,
    number: str,
    person: str,
    at: dt.datetime,
    foreign_reason: str = "",
    sharing_reason: str = "",
    actor: User,
) -> BankAccount:
    """Somebody of the organisme, called at a number that was known before, says that it is theirs.

    Locks the organisme. Raises AccountMoved, NotOnFile, CalledAtAnotherTime, ForeignNeedsReason,
    SharedNeedsReason.
    """
    account = _locked(account_id, AccountState.ASKED)
    if number not in numbers.on_file(account):
        raise NotOnFile
    # To the minute, as people say it.
    if not account.asked_at.replace(second=0, microsecond=0) <= at <= timezone.now():
        raise CalledAtAnotherTime
    account.foreign_reason, account.sharing_reason = foreign_reason, sharing_reason
    _explained(account)
    _move(
        account,
        AccountState.CALLED,
        called_number=number,
        called_person=person,
        called_by=actor,
        called_at=at,
        foreign_reason=foreign_reason,
        sharing_reason=sharing_reason,
    )
    return account


@transaction.atomic
def confirm(*, account_id: int, sharing_reason: str = "", actor: User) -> BankAccount:
    """It serves after some working days, the one before until then; the first one of an organisme at once.

    Locks the organisme. Raises AccountMoved, SameAgent, ForeignNeedsReason, SharedNeedsReason.
    """
    account = _locked(account_id, AccountState.CALLED)
    if account.called_by_id == actor.pk:
        raise SameAgent
    account.sharing_reason = sharing_reason or account.sharing_reason
    _explained(account)
    account.active_from = _begins(account, timezone.localdate())
    _move(
        account,
        AccountState.CONFIRMED,
        confirmed_by=actor,
        confirmed_at=timezone.now(),
        active_from=account.active_from,
        sharing_reason=account.sharing_reason,
    )
    mail.confirmed(account)
    return account


def _begins(account: BankAccount, today: dt.date) -> dt.date:
    had_one = account.partner.bank_accounts.exclude(pk=account.pk).filter(confirmed_at__isnull=False)
    return working_days.after(today, Rules.current().account_delay) if had_one.exists() else today


def _explained(account: BankAccount) -> None:
    """Raises ForeignNeedsReason, SharedNeedsReason."""
    if account.country not in ibans.AT_HOME and not account.foreign_reason:
        raise ForeignNeedsReason
    if not account.sharing_reason and elsewhere.same(account).exists():
        raise SharedNeedsReason


def _locked(account_id: int, state: AccountState) -> BankAccount:
    """Raises AccountMoved."""
    partner_id = BankAccount.objects.values_list("partner", flat=True).get(pk=account_id)
    memberships.lock(partner_id)
    found = BankAccount.objects.select_related("partner").filter(pk=account_id, state=state).first()
    if found is None:
        raise AccountMoved
    return found


def _move(account: BankAccount, to: AccountState, **fields: object) -> None:
    """Guarded: a payment that comes back rejected sends an account back to be checked, without this lock.

    Raises AccountMoved.
    """
    was = BankAccount.objects.filter(pk=account.pk, state=account.state)
    if not was.update(state=to, **fields):
        raise AccountMoved
    account.state = to
