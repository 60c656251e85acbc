"""The telephones by which agents show a second factor."""

from __future__ import annotations

from django_otp.plugins.otp_totp.models import TOTPDevice

from core import sealing


def sealed_for(user_id: int) -> str:
    """Purpose of the seal on the key of this agent's telephone."""
    return f"telephone of {user_id}"


class Telephone(TOTPDevice):
    """django-otp's device; `key` is sealed, so that a copy of the database makes no codes."""

    class Meta:
        proxy = True
        verbose_name = "téléphone"

    @property
    def bin_key(self) -> bytes:
        """Raises NotSealed."""
        return sealing.unseal(self.key, purpose=sealed_for(self.user_id))

    @property
    def is_readable(self) -> bool:
        """Not once the secret that sealed it is gone."""
        try:
            return bool(self.bin_key)
        except sealing.NotSealed:
            return False
