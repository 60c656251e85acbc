"""The signature of a backup: Ed25519 over its manifest, which holds the digest of the copy.

age says for whom a copy is, and anybody may encrypt for a public key: that we made it, only this says.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .keys import known_keys, own_key

SIGNATURE = "signature"
# A signature by this key for anything else is none of a manifest.
PURPOSE = b"passplus backup manifest\n"


def sign(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The signature to add to the manifest; nothing without a key. Raises BadKey."""
    key = own_key()
    return {SIGNATURE: b64encode(key.sign(_signed(manifest))).decode()} if key else {}


def is_signed(manifest: Mapping[str, Any]) -> bool:
    return SIGNATURE in manifest


def is_ours(manifest: Mapping[str, Any], *, signed_by: Iterable[str] = ()) -> bool:
    """Whether BACKUP_SIGNING_KEY, or one of those public keys, signed all that it says. Raises BadKey."""
    try:
        signature = b64decode(manifest[SIGNATURE], validate=True)
    except (KeyError, TypeError, ValueError):
        return False
    return any(_verifies(key, signature, _signed(manifest)) for key in known_keys(signed_by))


def _verifies(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _signed(manifest: Mapping[str, Any]) -> bytes:
    told = {name: value for name, value in manifest.items() if name != SIGNATURE}
    return PURPOSE + json.dumps(told, sort_keys=True).encode()
