"""The convention of an organisme that is affiliated: signed or not, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from partners.models import Partner

from . import conventions
from .models import Convention, Signature


@dataclass(frozen=True)
class Standing:
    """`signature` is of that very version; without one, it is to be signed."""

    convention: Convention
    signature: Signature | None


def standing_of(partner: Partner) -> Standing | None:
    """None where no version is in force; nor of who is not affiliated today, and did not sign it."""
    convention = conventions.in_force()
    if convention is None:
        return None
    signature = Signature.objects.of_partner(partner).to(convention)
    if signature is None and not partner.is_affiliated_on(timezone.localdate()):
        return None
    return Standing(convention, signature)
