"""Who made a backup: Ed25519 over its manifest, which holds the digest of the copy.

age says for whom a copy is, and anybody may encrypt for a public key: that we made it, only this says.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

SIGNATURE = "signature"
# A signature by this key for anything else is none of a manifest.
PURPOSE = b"passplus backup manifest\n"
KEY_BYTES = 32


class BadKey(Exception):
    """Its text is a French sentence."""


def sign(manifest: Mapping[str, Any]) -> dict[str, str]:
    """What to add to the manifest: nothing without a key. Raises BadKey."""
    key = _own_key()
    return {SIGNATURE: b64encode(key.sign(_signed(manifest))).decode()} if key else {}


def is_signed(manifest: Mapping[str, Any]) -> bool:
    return SIGNATURE in manifest


def is_ours(manifest: Mapping[str, Any]) -> bool:
    """Whether BACKUP_SIGNING_KEY, or one of BACKUP_SIGNED_BY, signed all that it says. Raises BadKey."""
    try:
        signature = b64decode(manifest[SIGNATURE], validate=True)
    except (KeyError, TypeError, ValueError):
        return False
    return any(_verifies(key, signature, _signed(manifest)) for key in known_keys())


def public_key() -> str:
    """Of BACKUP_SIGNING_KEY, as BACKUP_SIGNED_BY wants it; "" without one. Raises BadKey."""
    key = _own_key()
    return b64encode(key.public_key().public_bytes_raw()).decode() if key else ""


def _verifies(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def known_keys() -> list[Ed25519PublicKey]:
    """Raises BadKey."""
    own = _own_key()
    others = [
        Ed25519PublicKey.from_public_bytes(_raw(key, "BACKUP_SIGNED_BY")) for key in settings.BACKUP_SIGNED_BY
    ]
    return ([own.public_key()] if own else []) + others


def _own_key() -> Ed25519PrivateKey | None:
    key = settings.BACKUP_SIGNING_KEY
    return Ed25519PrivateKey.from_private_bytes(_raw(key, "BACKUP_SIGNING_KEY")) if key else None


def _raw(key: str, setting: str) -> bytes:
    try:
        raw = b64decode(key, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise BadKey(
            f"{setting} n’est pas une clé : {KEY_BYTES} octets en base64, "
            "« openssl rand -base64 32 » en fait une."
        )
    return raw


def _signed(manifest: Mapping[str, Any]) -> bytes:
    told = {name: value for name, value in manifest.items() if name != SIGNATURE}
    return PURPOSE + json.dumps(told, sort_keys=True).encode()
