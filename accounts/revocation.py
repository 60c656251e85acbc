"""Makes all that opens an account worthless."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.utils.crypto import get_random_string

from .models import EmailChange, LinkedIdentity, User


def revoke(users: Iterable[User], **fields: object) -> None:
    """Make all that opens these accounts worthless: password, sessions, links, codes. Sets `fields` too.

    Sessions, links and codes are made of the password and of `session_salt`; a change of address that was
    asked for or done has links of its own. In the caller's transaction, in the order of their ids.
    """
    for pk in sorted({user.pk for user in users}):
        User.objects.filter(pk=pk).update(
            password=make_password(None), session_salt=get_random_string(22), **fields
        )
        EmailChange.objects.filter(user=pk).delete()
        LinkedIdentity.objects.filter(user=pk).delete()
