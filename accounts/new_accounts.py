"""An account for somebody who has none, under an identifiant that nobody has."""

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from . import usernames
from .models import User


def make_account(*, first_name: str, last_name: str, **columns: object) -> User:
    """In the caller's transaction. `columns` are the others of `User`; a password is hashed already.

    Two of one name at once: the second one takes the next identifiant.
    """
    names = usernames.Usernames(_taken_like(first_name, last_name))
    while True:
        username = names.take(first_name, last_name)
        user = User(
            username=username,
            first_name=first_name,
            last_name=last_name,
            **{"password": make_password(None), **columns},
        )
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:
            if not User.objects.filter(username=user.username).exists():
                raise
        else:
            return user


def _taken_like(first_name: str, last_name: str) -> list[str]:
    wanted = usernames.wanted(first_name, last_name)
    return list(User.objects.filter(username__startswith=wanted).values_list("username", flat=True))
