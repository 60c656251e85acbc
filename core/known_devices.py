"""The browsers by which an account came in before, each known by a signed cookie."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

from core import typed_text

DEVICE_KNOWN_FOR = dt.timedelta(days=365)


def remember(response: HttpResponse, *, account: str) -> None:
    """Let this browser be known by the account that just came in by it. The cookie does not say which."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        _signer(account).sign(get_random_string(22)),
        max_age=DEVICE_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_device(request: HttpRequest, account: str) -> str:
    """The name of this browser if the account came in by it; nothing otherwise."""
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        return _signer(account).unsign(cookie, max_age=DEVICE_KNOWN_FOR)
    except signing.BadSignature:
        return ""


def _signer(account: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"core.throttle {typed_text.username(account)}")
