"""A password is chosen or changed. It is hashed first: the lock is not held meanwhile."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from . import links, mail, recovery
from .exceptions import ChangedMeanwhile, LinkOutOfUse
from .links import Channel
from .models import User


def choose(*, user_id: int, token: str, password: str) -> User:
    """Set the password by a link, which works once. Locks the account. Raises LinkOutOfUse.

    Whoever read the e-mail has the address: it is confirmed together with the password.
    """
    hashed = make_password(password)
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).first()
        channel = links.channel_of_token(user, token)
        if not user or not channel:
            raise LinkOutOfUse
        user.password = hashed
        if channel is Channel.MAIL:
            user.email_confirmed_at = timezone.now()
        user.save(update_fields=["password", "email_confirmed_at"])
        mail.password_changed(user)
        if channel is Channel.LETTER:
            recovery.note_letter_used(user=user)
    return user


def change(*, user: User, password: str) -> None:
    """Set the password of who has just typed the former one. Raises ChangedMeanwhile.

    A guarded update: an account that was closed, or whose password another link has set, stays as it is.
    """
    hashed = make_password(password)
    with transaction.atomic():
        same = User.objects.filter(pk=user.pk, is_active=True, password=user.password)
        if not same.update(password=hashed):
            raise ChangedMeanwhile
        mail.password_changed(user)
    user.password = hashed
