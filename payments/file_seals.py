"""Encrypts the files of batches, which spell whole IBANs, with the keys of `iban_keys`.

As they are: Fernet writes in base64, a third more for ever. A file is sealed together with its SHA-256, so
that none opens in the place of another, nor with one byte changed.
"""

from core import sealing

from .iban_keys import keys

SALT = "payments.file_seals"


def seal(content: bytes, sha256: str) -> bytes:
    return sealing.seal_bytes(content, purpose=sha256, keys=keys(), salt=SALT)


def unseal(sealed: bytes, sha256: str) -> bytes:
    """Raises NotSealed."""
    return sealing.unseal_bytes(sealed, purpose=sha256, keys=keys(), salt=SALT)
