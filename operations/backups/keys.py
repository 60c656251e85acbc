"""The keys that sign backups, and those whose signature is believed: Ed25519, in base64."""

from base64 import b64decode, b64encode
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

KEY_BYTES = 32


class BadKey(Exception):
    """Its text is a French sentence."""


def public_key() -> str:
    """The public key of BACKUP_SIGNING_KEY, for `restore --signed-by`; "" without one. Raises BadKey."""
    key = own_key()
    return b64encode(key.public_key().public_bytes_raw()).decode() if key else ""


def known_keys(signed_by: Iterable[str] = ()) -> list[Ed25519PublicKey]:
    """The public key of this machine, and those given. Raises BadKey."""
    own = own_key()
    others = [Ed25519PublicKey.from_public_bytes(_raw(key, "--signed-by")) for key in signed_by]
    return ([own.public_key()] if own else []) + others


def own_key() -> Ed25519PrivateKey | None:
    key = settings.BACKUP_SIGNING_KEY
    return Ed25519PrivateKey.from_private_bytes(_raw(key, "BACKUP_SIGNING_KEY")) if key else None


def _raw(key: str, name: str) -> bytes:
    try:
        raw = b64decode(key, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise BadKey(
            f"{name} n’est pas une clé : {KEY_BYTES} octets en base64, "
            "« openssl rand -base64 32 » en fait une."
        )
    return raw
