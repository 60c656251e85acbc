"""Links and codes to a new password, and their channel: an e-mail proves an address, paper does not.

A link is for today; an access code, which a person may also type, leaves time for a letter. Neither is
kept: both are made of what the account is, so a new password makes them worthless.
"""

import datetime as dt
from enum import StrEnum
from typing import cast

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from core import codes

from .models import User


class Channel(StrEnum):
    MAIL = "mail"
    # On a screen or on paper: who holds it may be somebody else than who reads the e-mails.
    HAND = "hand"
    # What a code on paper leads to: that it was used stands in the journal.
    LETTER = "letter"


# An access code came by one of these.
OF_A_CODE = (Channel.MAIL, Channel.HAND)


# --- Links, for PASSWORD_RESET_TIMEOUT --------------------------------------------------------


class _Tokens(PasswordResetTokenGenerator):
    """Django's, apart for each channel. Who ends the sessions of an account ends its links too."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self.key_salt = f"accounts.links {channel}"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)} {user.session_salt}"


_tokens = {channel: _Tokens(channel) for channel in Channel}


def channel_of_token(user: User | None, token: str | None) -> Channel | None:
    return next((channel for channel, tokens in _tokens.items() if tokens.check_token(user, token)), None)


def user_of_path(uidb64: str) -> User | None:
    """The open account that a `password_path` is about, if there is one."""
    try:
        pk = User._meta.pk.to_python(urlsafe_base64_decode(uidb64).decode())
    except (ValueError, ValidationError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def password_path(user: User, channel: Channel) -> str:
    """The single-use path of the page that sets a password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("accounts:reset", args=[uid, _tokens[channel].make_token(user)])


# --- Access codes, for ACCESS_CODE_TIMEOUT ----------------------------------------------------


def access_code(user: User, channel: Channel, *, secret: str | None = None) -> str:
    """The code that the account has since `access_code_at`; by mail, for the address that it has."""
    address = user.email if channel is Channel.MAIL else ""
    made_of = f"{channel} {user.pk} {user.password} {user.session_salt} {user.access_code_at} {address}"
    digest = salted_hmac("accounts.links code", made_of, secret=secret, algorithm="sha256").digest()
    return codes.complete("".join(codes.ALPHABET[byte % 32] for byte in digest[: codes.LENGTH]))


def access_path(user: User, channel: Channel) -> str:
    return reverse("accounts:activate_link", args=[user.username, access_code(user, channel)])


def channel_of_code(user: User, code: str) -> Channel | None:
    """How this code came to who has it, or nothing if it does not open the account.

    That of an agent never lies in a letter box: whoever comes in first prepares the second factor too.
    """
    channels = OF_A_CODE[:1] if user.is_staff else OF_A_CODE
    found = [
        channel
        for channel in channels
        # A letter outlives the secret that made it.
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if constant_time_compare(access_code(user, channel, secret=secret), code)
    ]
    is_valid = user.is_active and user.access_code_at and user.access_code_at >= oldest_valid()
    return found[0] if found and is_valid else None


def device_code(user: User, day: dt.date, *, secret: str | None = None) -> str:
    """The code of this day, by mail, that lets a device be known: the password is asked for after it.

    Worth nothing once the account has come in.
    """
    made_of = f"{user.pk} {user.password} {user.session_salt} {user.last_login} {user.email} {day}"
    digest = salted_hmac("accounts.links device", made_of, secret=secret, algorithm="sha256").digest()
    return codes.complete("".join(codes.ALPHABET[byte % 32] for byte in digest[: codes.LENGTH]))


def opens_device(user: User, code: str) -> bool:
    """Whether the code is that of the e-mail, of today or yesterday, or the access code of a letter."""
    today = timezone.localdate()
    found = [
        constant_time_compare(device_code(user, day, secret=secret), code)
        for day in (today, today - dt.timedelta(days=1))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    by_letter = channel_of_code(user, code) is not None
    return by_letter or (any(found) and user.is_active)


def last_day(user: User) -> dt.date:
    """The last day of the account's code, which is valid until that evening."""
    return timezone.localdate(cast(dt.datetime, user.access_code_at)) + _valid_for()


def oldest_valid() -> dt.datetime:
    """A code made before has had its last day."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - _valid_for()


def _valid_for() -> dt.timedelta:
    return dt.timedelta(seconds=settings.ACCESS_CODE_TIMEOUT)
