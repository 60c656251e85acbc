"""An organisme signs the convention in force: with a code that its signer's address receives.

Lock order: the application or the organisme, then the version.
"""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from core import mail
from core.money import NBSP
from core.outbox import Urgency

from . import attesting
from .exceptions import AlreadySigned, CodeOutOfUse, ConventionMoved, NoAddress, WrongCode
from .models import Convention, Signature, SigningCode
from .signer import Signer

DIGITS = 6
VALID_FOR = dt.timedelta(minutes=15)
# What its signer ticks: a signature keeps the words of its day.
DECLARATION = "J’ai lu toute la convention, et je peux engager cet organisme."


@transaction.atomic
def send_code(*, signer: Signer, convention_id: int) -> None:
    """Another one is worth nothing from then on. Raises Moved, ConventionMoved, AlreadySigned, NoAddress."""
    signer.lock()
    convention = _in_force(convention_id)
    if signer.signature(convention):
        raise AlreadySigned
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    sent = mail.send(
        "mail/signing_code",
        signer.account.email,
        account_ids=[signer.account.pk],
        reader=signer.account.first_name,
        urgency=Urgency.LINK,
        code=f"{code[:3]}{NBSP}{code[3:]}",
        name=signer.organisme["organisme"],
        title=convention.title,
        minutes=VALID_FOR.seconds // 60,
    )
    if not sent:
        raise NoAddress
    _codes(signer).delete()
    SigningCode.objects.create(
        convention=convention,
        account=signer.account,
        email=signer.account.email,
        digest=digest(code, signer, convention),
        **signer.of,
    )


@transaction.atomic
def sign(*, signer: Signer, convention_id: int, code: str, name: str, capacity: str) -> Signature:
    """Sent twice it signs once. Raises Moved, ConventionMoved, CodeOutOfUse, WrongCode."""
    signer.lock()
    convention = _in_force(convention_id)
    if signed := signer.signature(convention):
        return signed
    sent = waits_for_code(signer, convention)
    if sent is None:
        raise CodeOutOfUse
    if not constant_time_compare(sent.digest, digest(code, signer, convention)):
        raise WrongCode
    signature = Signature.objects.create(
        convention=convention,
        account=signer.account,
        text_sha256=convention.sha256,
        name=name,
        capacity=capacity,
        email=sent.email,
        declared=DECLARATION,
        code_digest=sent.digest,
        code_sent_at=sent.sent_at,
        **signer.organisme,
        **signer.of,
    )
    sent.delete()
    if signer.partner:
        attesting.make.enqueue(signature_id=signature.pk)
    return signature


def waits_for_code(signer: Signer, convention: Convention) -> SigningCode | None:
    """That was sent, and may still be typed."""
    return _codes(signer).filter(convention=convention, sent_at__gt=timezone.now() - VALID_FOR).first()


def digest(code: str, signer: Signer, convention: Convention) -> str:
    """Six digits are soon tried: with the key of this site, and of this version and organisme alone."""
    words = f"{code} {signer.words} {convention.pk} {convention.sha256}"
    return salted_hmac("applications.signing", words, algorithm="sha256").hexdigest()


def _codes(signer: Signer) -> QuerySet[SigningCode]:
    return SigningCode.objects.filter(account=signer.account, **signer.of)


def _in_force(convention_id: int) -> Convention:
    """Locked: none replaces it while it is signed. Raises ConventionMoved."""
    versions = Convention.objects.in_force().select_for_update(no_key=True)
    convention = versions.filter(pk=convention_id).first()
    if convention is None:
        raise ConventionMoved
    return convention
