"""Accounts that are not paid on: refused, frozen; and frozen ones that are checked anew."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from payments.models import AccountState, BankAccount

from . import links, mail
from .exceptions import AccountMoved, AnotherIsPending

PENDING = [AccountState.ASKED, AccountState.CALLED]
# What is frozen, and is not to be paid on again, is refused for good.
REFUSABLE = [*PENDING, AccountState.FROZEN]
LIVING = [*PENDING, AccountState.CONFIRMED]
NOT_OURS = "«\N{NO-BREAK SPACE}Ce n’est pas nous\N{NO-BREAK SPACE}», par le lien d’un e-mail"


@transaction.atomic
def refuse(*, account_id: int, reason: str, actor: User) -> None:
    """What is not confirmed, or is frozen; the organisme reads the reason. Raises AccountMoved."""
    _stop(account_id, REFUSABLE, AccountState.REFUSED, reason, actor)


@transaction.atomic
def freeze(*, account_id: int, reason: str, actor: User) -> None:
    """Nobody is paid on it from now on: on the one before, if there is one. Raises AccountMoved."""
    _stop(account_id, LIVING, AccountState.FROZEN, reason, actor)


@transaction.atomic
def freeze_by_link(*, token: str) -> BankAccount:
    """« Ce n'est pas nous », by whoever has the e-mail. Twice is once. Raises LinkOutOfUse."""
    account = links.account_of(token)
    # Refused or frozen meanwhile: what was wanted is so.
    with suppress(AccountMoved):
        _stop(account.pk, LIVING, AccountState.FROZEN, NOT_OURS, None)
    return account


@transaction.atomic
def unfreeze(*, account_id: int) -> None:
    """To be checked anew, by two agents, as when it was asked for. Raises AccountMoved, AnotherIsPending."""
    frozen = BankAccount.objects.filter(pk=account_id, state=AccountState.FROZEN)
    try:
        with transaction.atomic():
            unfrozen = frozen.update(
                state=AccountState.ASKED,
                stopped_by=None,
                stopped_at=None,
                stop_reason="",
                called_by=None,
                called_at=None,
                called_number="",
                called_person="",
                confirmed_by=None,
                confirmed_at=None,
                active_from=None,
            )
    except IntegrityError:
        raise AnotherIsPending from None
    if not unfrozen:
        raise AccountMoved


def _stop(
    account_id: int, states: list[AccountState], to: AccountState, reason: str, actor: User | None
) -> None:
    """Raises AccountMoved."""
    standing = BankAccount.objects.filter(pk=account_id, state__in=states)
    stopped = standing.update(state=to, stopped_by=actor, stopped_at=timezone.now(), stop_reason=reason)
    if not stopped:
        raise AccountMoved
    mail.stopped(BankAccount.objects.select_related("partner").get(pk=account_id))
