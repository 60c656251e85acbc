"""Another e-mail address: asked for, confirmed from the new one, refused from the old one.

Both links carry a random key and a signature: neither the number of the account nor an address.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from . import child_logins, links, mail, revocation
from .exceptions import LinkOutOfUse
from .links import Channel
from .models import NEVER_ACTIVATED, EmailChange, User

# How long the owner of the old address may take the account back.
REFUSED_WITHIN = dt.timedelta(days=7)

_to_confirm = signing.Signer(salt="accounts.email_change confirm")
_to_refuse = signing.Signer(salt="accounts.email_change refuse")


@transaction.atomic
def ask(*, user_id: int, address: str) -> EmailChange:
    """Mail to `address` the link that makes it the account's, for PASSWORD_RESET_TIMEOUT; tell the old one.

    Whatever was asked before can no longer be confirmed. Locks the account. Raises LinkOutOfUse.
    """
    user = _lock(user_id)
    user.email_changes.update(is_open=False)
    change = user.email_changes.create(
        old=user.email, new=address, account_state=user.get_session_auth_hash()
    )
    mail.confirm_email(user, address, confirm_path(change))
    if change.old:
        mail.email_change_asked(user, change.old, address, refuse_path(change))
    return change


def close(*, user_id: int) -> None:
    """What was asked for can no longer be confirmed: an agent wrote another address."""
    EmailChange.objects.filter(user=user_id).update(is_open=False)


# What an address that an agent gives says of itself, beside `User.email`.
OF_THE_ADDRESS = ("email_confirmed_at", "email_changed_at", "email_by_agent", "former_email")


@transaction.atomic
def give(*, user_id: int, before: str, address: str) -> User | None:
    """Write the address that an agent gives to a family's account, as a file says it; tell both addresses.

    None if nothing is written: the account is closed, or an agent's, or has another address than `before` by
    now; or nobody can be written to there. Locks the account.
    """
    families = User.objects.select_for_update(no_key=True).filter(is_active=True, is_staff=False)
    user = families.filter(pk=user_id, email=before).first()
    if user is None or not _may_be_written_to(user, address):
        return None
    user.email = address
    note_given(user, before)
    user.save(update_fields=["email", *OF_THE_ADDRESS])
    tell_given(user, before)
    return user


def _may_be_written_to(user: User, address: str) -> bool:
    try:
        User._meta.get_field("email").clean(address, user)
    except ValidationError:
        return False
    return True


def note_given(account: User, before: str) -> None:
    """Of two changes by agents in a row, the address before the first one is the owner's.

    A family's account that never had an address, and that nobody ever came in by, is given one by one
    agent: so is its letter.
    """
    again = account.needs_two_agents
    never = User.objects.filter(NEVER_ACTIVATED, pk=account.pk, is_staff=False)
    was_used = bool(before) or not never.exists()
    account.former_email = (again and account.former_email) or before
    account.email_by_agent = again or was_used
    account.email_confirmed_at, account.email_changed_at = None, timezone.now()


def tell_given(account: User, before: str) -> None:
    """Whatever was asked for is closed. An address that an agent typed has not answered yet."""
    close(user_id=account.pk)
    if before:
        mail.email_changed(account, before, account.email)
    if account.email:
        mail.email_given(account)


def confirm_path(change: EmailChange) -> str:
    return reverse("accounts:confirm_email", args=[_to_confirm.sign(change.key)])


def refuse_path(change: EmailChange) -> str:
    return reverse("accounts:refuse_email", args=[_to_refuse.sign(change.key)])


def to_confirm(token: str) -> EmailChange:
    """The change that this link confirms. Raises LinkOutOfUse.

    A new password, the end of the sessions, a closed account, another address: each of them ends it.
    """
    change = _read(_to_confirm, token)
    user = change.user
    is_valid = (
        change.is_open
        and change.asked_at > timezone.now() - dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        and user.is_active
        and user.email == change.old
        and any(constant_time_compare(change.account_state, state) for state in _states(user))
    )
    if not is_valid:
        raise LinkOutOfUse
    return change


@transaction.atomic
def confirm(*, token: str) -> None:
    """Make the new address the account's, and tell the old one. Locks the account. Raises LinkOutOfUse."""
    user = _lock(to_confirm(token).user_id)
    change = to_confirm(token)
    now = timezone.now()
    User.objects.filter(pk=user.pk).update(
        email=change.new,
        email_confirmed_at=now,
        email_changed_at=now,
        email_by_agent=False,
        former_email=change.old,
    )
    # The way back from an earlier change leads back from this one too.
    user.email_changes.filter(done_at__isnull=False, new=change.old).update(new=change.new)
    user.email_changes.filter(pk=change.pk).update(is_open=False, done_at=now)
    if change.old:
        mail.email_changed(user, change.old, change.new, refuse_path(change))


def to_refuse(token: str) -> EmailChange:
    """The change that this link refuses, done or not. Raises LinkOutOfUse.

    It does not survive an address that an agent wrote: it would bring back the one before.
    """
    change = _read(_to_refuse, token)
    user = change.user
    since = change.done_at or change.asked_at
    led_here = user.email_changes.filter(old=change.old, new=user.email, done_at__isnull=False)
    is_valid = (
        since > timezone.now() - REFUSED_WITHIN
        and user.is_active
        and (user.email == change.old or led_here.exists())
    )
    if not is_valid:
        raise LinkOutOfUse
    return change


@transaction.atomic
def refuse(*, token: str) -> str:
    """« Ce n'est pas moi »: the old address stays or comes back; return where a new password is chosen.

    Whoever asked knew the password: it opens nothing any more, nor what opens the children's logins that the
    account made, and the sessions end. Locks the account. Raises LinkOutOfUse.
    """
    user = _lock(to_refuse(token).user_id)
    old, refused = to_refuse(token).old, user.email
    revocation.revoke([user])
    revocation.revoke(child_logins.made_by(user))
    user.refresh_from_db()
    if refused != old:
        now = timezone.now()
        User.objects.filter(pk=user.pk).update(
            email=old,
            email_confirmed_at=now,
            email_changed_at=now,
            email_by_agent=False,
            former_email=refused,
        )
        mail.email_taken_back(user, refused)
    return links.password_path(user, Channel.MAIL)


def _lock(user_id: int) -> User:
    """Raises LinkOutOfUse: the account was closed meanwhile."""
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).first()
    if not user:
        raise LinkOutOfUse
    return user


def _read(signer: signing.Signer, token: str) -> EmailChange:
    try:
        return EmailChange.objects.select_related("user").get(key=signer.unsign(token))
    except (signing.BadSignature, EmailChange.DoesNotExist) as unknown:
        raise LinkOutOfUse from unknown


def _states(user: User) -> list[str]:
    """Made of the password and of the salt of the sessions; also with the secrets that are still believed."""
    return [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
