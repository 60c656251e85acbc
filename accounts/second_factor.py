"""The second factor of agents, and of who acts for an organisme: a TOTP code, or a recovery code.

django-otp keeps both, and lets none of them serve twice. How often one may try:
`throttle_policies.SECOND_FACTOR`. Neither lies in the database as it is: the key of a telephone is sealed,
and of a recovery code there is an HMAC. Both need SECRET_KEY, so a copy of the database opens nothing.
"""

import os
from base64 import b32encode

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from core import sealing

from . import audit, mail
from .audit import Action
from .models import Telephone, User, sealed_for

RECOVERY_CODES = 10
BY_ITS_OWNER = "Avec son mot de passe et le code de son téléphone"
TO_ENROL = "telephone to enrol"


def telephone_of(user: User) -> Telephone | None:
    """The one that was enrolled, if any."""
    enrolled: Telephone | None = Telephone.objects.filter(user=user, confirmed=True).first()
    return enrolled


def telephone_to_enrol(user: User, session: SessionBase) -> Telephone:
    """The same at each call of this session: a page may be reloaded while the QR is scanned.

    No other session sees it, and no row has it: whoever else has the password prepares nothing with it.
    """
    telephone = Telephone(user=user, name="téléphone", key=session.get(TO_ENROL, ""))
    if not telephone.is_readable:
        telephone.key = session[TO_ENROL] = sealing.seal(os.urandom(20), purpose=sealed_for(user.pk))
    return telephone


def readable_key(telephone: Telephone) -> str:
    """In groups of four, for a telephone without a camera."""
    secret = telephone.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def verify(user: User, code: str) -> Device | None:
    """The device that `code` is right for: six digits are the telephone's, anything else a recovery code."""
    return verify_telephone(user, code) if code.isdecimal() else _verify_recovery_code(user, code)


@transaction.atomic
def verify_telephone(user: User, code: str) -> Device | None:
    """Whoever has a code of it holds the telephone now; a recovery code may have been found."""
    telephone = telephone_of(user)
    verified = _verified(user, telephone, code) if telephone and telephone.is_readable else None
    if verified and telephone:
        # With the key of today: the former one may be taken away once every agent has come in.
        sealed = sealing.seal(telephone.bin_key, purpose=sealed_for(user.pk))
        Telephone.objects.filter(pk=telephone.pk).update(key=sealed)
    return verified


@transaction.atomic
def enrol(user: User, session: SessionBase, code: str) -> Device | None:
    """Make the telephone of this session the account's, if `code` comes from it, and tell its owner.

    Locks the account: of two sessions at once, one enrols.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if telephone_of(user):
        return None
    telephone = telephone_to_enrol(user, session)
    telephone.save()
    if not _verified(user, telephone, code):
        telephone.delete()
        return None
    del session[TO_ENROL]
    if user.is_staff:
        audit.record(action=Action.TELEPHONE_ENROLLED, subject=user, reason=BY_ITS_OWNER, actor=user)
    mail.telephone_enrolled(user)
    return telephone


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, each of use once, for when the telephone is lost; those before are worth nothing."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="codes de secours")
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=paper, token=_digest(user, code)) for code in codes])
    return codes


@transaction.atomic
def remake_recovery_codes(user: User) -> list[str]:
    """At its owner's own wish, who is told."""
    if user.is_staff:
        audit.record(action=Action.RECOVERY_CODES_MADE, subject=user, reason=BY_ITS_OWNER, actor=user)
    mail.recovery_codes_made(user)
    return new_recovery_codes(user)


@transaction.atomic
def forget(user: User) -> None:
    """Neither telephone nor codes: the next time the agent comes in, a telephone is enrolled anew."""
    Telephone.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _verify_recovery_code(user: User, code: str) -> Device | None:
    paper = StaticDevice.objects.filter(user=user).first()
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    tried = (_verified(user, paper, _digest(user, code, secret=secret)) for secret in secrets if paper)
    return next((device for device in tried if device), None)


def _digest(user: User, code: str, *, secret: str | None = None) -> str:
    """80 bits of an HMAC, which is what the column of django-otp holds.

    Forty bits of chance are soon tried where the key is known: then the telephones are open as well. Without
    it no computer tries them, which a slow hash would only make long.
    """
    made_of = f"{user.pk} {code}"
    digest = salted_hmac("accounts.second_factor", made_of, secret=secret, algorithm="sha256").digest()
    return b32encode(digest[:10]).decode().lower()


def _verified(user: User, device: Device, code: str) -> Device | None:
    found: Device | None = verify_token(user, device.persistent_id, code)
    return found
