"""Encrypts the IBANs of organismes, so that a copy of the database does not reveal them.

The first of IBAN_KEYS seals; all open, and so do SECRET_KEY and its fallbacks, which serve where there
are none yet. After a rotation `manage.py reseal_ibans` makes all rows anew, and files (`file_seals`).
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from core import sealing

NotSealed = sealing.NotSealed


def seal(iban: str) -> str:
    return _fernet().encrypt(iban.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises NotSealed."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as unreadable:
        raise NotSealed from unreadable


def digest(iban: str) -> str:
    """64 hexadecimal characters, the same for the same IBAN: without the key nobody tries all IBANs."""
    return _digest(iban, keys()[0])


def digests(iban: str) -> list[str]:
    """By each key: what is kept of an IBAN that was erased, no rotation can make anew."""
    return [_digest(iban, key) for key in keys()]


def keys() -> list[str]:
    """The newest first."""
    return [*settings.IBAN_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _fernet() -> MultiFernet:
    return MultiFernet(Fernet(_key_of(key)) for key in keys())


def _key_of(key: str) -> bytes:
    derived = salted_hmac("payments.iban_keys.seal", "", secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(derived)


def _digest(iban: str, key: str) -> str:
    return salted_hmac("payments.iban_keys.digest", iban, secret=key, algorithm="sha256").hexdigest()
