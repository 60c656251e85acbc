"""E-mail addresses that an account had before, or asked for."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet
from post_office.models import Email

from accounts.email_change import REFUSED_WITHIN
from accounts.models import ADDRESS_IS_NEW, EmailChange, User

from .sweeps import delete


def former_due(now: dt.datetime) -> QuerySet[User]:
    return User.objects.exclude(former_email="").filter(email_changed_at__lt=now - ADDRESS_IS_NEW)


def forget_former(users: Collection[User]) -> int:
    return User.objects.filter(pk__in=[user.pk for user in users]).update(former_email="")


def changes_due(now: dt.datetime) -> QuerySet[EmailChange]:
    """Changes of address whose links have expired."""
    kept_since = now - REFUSED_WITHIN
    return EmailChange.objects.filter(Q(done_at=None) | Q(done_at__lt=kept_since), asked_at__lt=kept_since)


def forget_changes(changes: Collection[EmailChange]) -> int:
    """With the messages to an address that was never confirmed: nothing else says by then whose it was."""
    never = [change.new for change in changes if not change.done_at]
    known = User.objects.filter(email__in=never).values_list("email", flat=True)
    Email.objects.filter(to__in={*never} - {*known}).delete()
    return delete(changes)
