"""What an agent shows besides a password: the code of a telephone (TOTP), or a recovery code.

django-otp keeps both, and lets none of them serve twice. How often one may try is `throttle.SECOND_FACTOR`.
"""

from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import User

RECOVERY_CODES = 10


def telephone_of(user: User) -> TOTPDevice | None:
    """The one that was enrolled, if any."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def telephone_to_enrol(user: User) -> TOTPDevice:
    """The same at each call, until a code of it was right: a page may be reloaded while the QR is scanned."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return waiting or TOTPDevice.objects.create(user=user, name="téléphone", confirmed=False)


def verify(user: User, code: str) -> Device | None:
    """The device that `code` is right for: six digits are the telephone's, anything else a recovery code."""
    devices = [telephone_of(user)] if code.isdecimal() else StaticDevice.objects.filter(user=user)
    return next((device for it in devices if it and (device := _verified(user, it, code))), None)


@transaction.atomic
def enrol(user: User, code: str) -> Device | None:
    """Make the waiting telephone the agent's, if `code` comes from it."""
    telephone = _verified(user, telephone_to_enrol(user), code)
    if telephone:
        TOTPDevice.objects.filter(pk=telephone.pk).update(confirmed=True)
    return telephone


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, each of use once, for when the telephone is lost; those before are worth nothing."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="codes de secours")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=paper, token=code) for code in codes])
    return codes


@transaction.atomic
def forget(user: User) -> None:
    """Neither telephone nor codes: the next time the agent comes in, a telephone is enrolled anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _verified(user: User, device: Device, code: str) -> Device | None:
    found: Device | None = verify_token(user, device.persistent_id, code)
    return found
