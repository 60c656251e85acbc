"""Encrypts the files of batches, which spell whole IBANs, with the keys of `iban_keys`.

By AES-GCM as it is: Fernet writes in base64, a third more for ever. A file is sealed together with its
SHA-256, so that none opens in the place of another, nor with one byte changed.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.crypto import salted_hmac

from .iban_keys import NotSealed, keys

# Bytes: what is drawn anew for each file, then what GCM adds to be sure of it.
NONCE, TAG = 12, 16
OVERHEAD = NONCE + TAG


def seal(content: bytes, sha256: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher(keys()[0]).encrypt(nonce, content, sha256.encode())


def unseal(sealed: bytes, sha256: str) -> bytes:
    """Raises NotSealed."""
    if len(sealed) < OVERHEAD:
        raise NotSealed
    for key in keys():
        try:
            return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], sha256.encode())
        except InvalidTag:
            continue
    raise NotSealed


def _cipher(key: str) -> AESGCM:
    return AESGCM(salted_hmac("payments.file_seals", "", secret=key, algorithm="sha256").digest())
