"""Encrypts secrets in the database, so that a copy of it does not reveal them.

AES-256-GCM with a key made of SECRET_KEY, which no backup of the database holds. `purpose` is authenticated:
what was sealed for one row does not open in another.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

NONCE_BYTES = 12


class NotSealed(Exception):
    """It was sealed with a key that is gone, for another purpose, or never."""


def seal(secret: bytes, *, purpose: str) -> str:
    """28 bytes longer than the secret, in base64."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(settings.SECRET_KEY).encrypt(nonce, secret, purpose.encode())
    return urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, purpose: str) -> bytes:
    """Raises NotSealed."""
    try:
        raw = urlsafe_b64decode(sealed)
    except ValueError as unreadable:
        raise NotSealed from unreadable
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError):
            continue
    raise NotSealed


def _cipher(secret_key: str) -> AESGCM:
    return AESGCM(salted_hmac("core.sealing", "", secret=secret_key, algorithm="sha256").digest())
