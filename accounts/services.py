"""Sign-ins, sessions, and the first access to an account."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.crypto import get_random_string

from core.mail import absolute
from core.outbox import Urgency

from . import devices, links, mail
from .exceptions import LinkOutOfUse
from .links import Channel
from .models import SignIn, User, given_by_two


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
def new_access_codes(*, user_ids: Collection[int]) -> list[User]:
    """Give each of these accounts another code, and return them; the codes before open nothing any more.

    Locks them, in the order of their ids.
    """
    users = list(User.objects.select_for_update(no_key=True).filter(pk__in=user_ids).order_by("pk"))
    now = timezone.now()
    User.objects.filter(pk__in=[user.pk for user in users]).update(access_code_at=now)
    for user in users:
        user.access_code_at = now
    return users


@transaction.atomic
def send_first_access(*, user_id: int) -> None:
    """Mail a new account its identifiant, and the link where its owner chooses the password."""
    for user in new_access_codes(user_ids=[user_id]):
        mail.activation(user, urgency=Urgency.LINK)


def to_invite(*, again: bool, by_mail: bool) -> QuerySet[User]:
    """The accounts never activated, and never invited, or `again` those whose code has become too old.

    `by_mail` are those that have an address, the others need a letter. None whose access takes two agents.
    """
    due = Q(access_code_at__lt=links.oldest_valid()) if again else Q(access_code_at=None)
    of_one = User.objects.never_activated().exclude(given_by_two(timezone.now()))
    return of_one.filter(due, ~Q(email="") if by_mail else Q(email=""))


@transaction.atomic
def invite_by_mail(*, again: bool, limit: int) -> int:
    """Mail the next `limit` accounts that have an address, like `send_first_access`; return how many messages
    were written.

    Safe to run again, and by two agents at once: what one has locked, the other passes over, and what is
    invited is not to be invited any more.
    """
    due = to_invite(again=again, by_mail=True).order_by("pk")
    users = new_access_codes(user_ids=_lock(due[:limit]))
    # The message names them.
    prefetch_related_objects(users, "children")
    # An address that cannot be written to keeps nobody else waiting; agents see it among the e-mails.
    return sum(mail.activation(user, urgency=Urgency.BULK) for user in users)


@transaction.atomic
def invite_by_letter(*, user_ids: Sequence[int], again: bool) -> list[User]:
    """Give a code to those of these accounts that still wait for a letter, and return them.

    Two agents at once make one letter for each, as for `invite_by_mail`.
    """
    due = to_invite(again=again, by_mail=False).filter(pk__in=user_ids)
    return new_access_codes(user_ids=_lock(due))


def _lock(users: QuerySet[User]) -> list[int]:
    """The ids of those that nobody else has locked."""
    return list(users.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))


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
