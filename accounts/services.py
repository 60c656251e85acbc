"""Sign-ins, sessions, and the first access to an account."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from core.mail import absolute
from core.outbox import Urgency

from . import devices, links, mail
from .exceptions import LinkOutOfUse
from .links import Channel
from .models import SignIn, User


def password_link(user: User, channel: Channel) -> str:
    """The single-use link to set a password, valid for PASSWORD_RESET_TIMEOUT, sent by `channel`."""
    return absolute(links.password_path(user, channel))


def note_sign_in(*, user: User, user_agent: str) -> None:
    """Keep when and by what device, never from which address; the nightly purge forgets it."""
    SignIn.objects.create(user=user, device=devices.name(user_agent))


def end_sessions(*, user_id: int) -> User:
    """End every session of an account, wherever it is open."""
    user = User.objects.get(pk=user_id)
    user.session_salt = get_random_string(22)
    user.save(update_fields=["session_salt"])
    return user


def change_details(*, user_id: int, details: Mapping[str, str]) -> None:
    """Write these columns alone, if the account is still open: it may have been erased meanwhile."""
    User.objects.filter(pk=user_id, is_active=True).update(**details)


def change_telephone(*, user_id: int, before: str, phone: str) -> User | None:
    """Of a family's account, as a file says it. None if it is closed, or has another than `before` by now."""
    open_accounts = User.objects.filter(is_active=True, is_staff=False)
    changed = open_accounts.filter(pk=user_id, phone=before).update(phone=phone)
    return User.objects.get(pk=user_id) if changed else None


@transaction.atomic
def new_access_codes(*, user_ids: Collection[int], at: dt.datetime | None = None) -> list[User]:
    """Give each of these accounts another code, and return them; the codes before open nothing any more.

    Locks them, in the order of their ids. Codes made together may have one moment, `at`.
    """
    users = list(User.objects.select_for_update(no_key=True).filter(pk__in=user_ids).order_by("pk"))
    made_at = at or timezone.now()
    User.objects.filter(pk__in=[user.pk for user in users]).update(access_code_at=made_at)
    for user in users:
        user.access_code_at = made_at
    return users


@transaction.atomic
def send_first_access(*, user_id: int) -> None:
    """Mail a new account its identifiant, and the link where its owner chooses the password."""
    for user in new_access_codes(user_ids=[user_id]):
        mail.activation(user, urgency=Urgency.LINK)


def opens_device(*, username: str, code: str) -> bool:
    """Whether whoever has this code may try the account's password here, whatever is tried elsewhere.

    An account that is not there takes as long as one whose code is another.
    """
    user = User.objects.filter(username=username).first() or User(is_active=False)
    return links.opens_device(user, code)


def exchange_code(*, username: str, code: str) -> str:
    """The path where a password is chosen, for who has the account's code. Raises LinkOutOfUse.

    An account that is not there takes as long as one whose code is another.
    """
    user = User.objects.filter(username=username).first() or User()
    channel = links.channel_of_code(user, code)
    if not channel:
        raise LinkOutOfUse
    return links.password_path(user, Channel.MAIL if channel is Channel.MAIL else Channel.LETTER)
