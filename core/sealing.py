"""Encrypts secrets in the database, so that a copy of it does not reveal them.

AES-256-GCM with a key made of SECRET_KEY, which no backup of the database holds, unless another one is given.
`purpose` is authenticated: what was sealed for one row does not open in another.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

# Bytes: what is drawn anew each time, then what GCM adds to be sure of it.
NONCE, TAG = 12, 16
OVERHEAD = NONCE + TAG
SALT = "core.sealing"


class NotSealed(Exception):
    """It was sealed with a key that is gone, for another purpose, or never."""


def seal(secret: bytes, *, purpose: str) -> str:
    """In base64."""
    return urlsafe_b64encode(seal_bytes(secret, purpose=purpose)).decode()


def unseal(sealed: str, *, purpose: str) -> bytes:
    """Raises NotSealed."""
    try:
        raw = urlsafe_b64decode(sealed)
    except ValueError as unreadable:
        raise NotSealed from unreadable
    return unseal_bytes(raw, purpose=purpose)


def seal_bytes(secret: bytes, *, purpose: str, keys: Sequence[str] = (), salt: str = SALT) -> bytes:
    """OVERHEAD longer than the secret. With the first of `keys`."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher((keys or _keys())[0], salt).encrypt(nonce, secret, purpose.encode())


def unseal_bytes(sealed: bytes, *, purpose: str, keys: Sequence[str] = (), salt: str = SALT) -> bytes:
    """With any of `keys`. Raises NotSealed."""
    if len(sealed) < OVERHEAD:
        raise NotSealed
    for key in keys or _keys():
        try:
            return _cipher(key, salt).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
        except InvalidTag:
            continue
    raise NotSealed


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _cipher(key: str, salt: str) -> AESGCM:
    return AESGCM(salted_hmac(salt, "", secret=key, algorithm="sha256").digest())
