"""Organismes that sign the convention, for tests."""

import re
from typing import Any

from django.core import mail as outbox
from django.utils import timezone

from accounts.models import User
from applications import signing
from applications.models import Application, Convention, Signature
from applications.signer import Signer
from partners.models import Partner


def signer_of(application: Application) -> Signer:
    return Signer(application.sent_by, candidacy=application.candidacy)


def code_for(signer: Signer, convention: Convention) -> str:
    """As its e-mail says it."""
    signing.send_code(signer=signer, convention_id=convention.pk)
    return newest_code()


def newest_code() -> str:
    found = re.search(r"(\d{3})\s(\d{3})\n", str(outbox.outbox[-1].body))
    assert found
    return found[1] + found[2]


def sign(signer: Signer, convention: Convention, code: str) -> Signature:
    return signing.sign(
        signer=signer, convention_id=convention.pk, code=code, name="Camille DURAND", capacity="présidente"
    )


def make_signature(application: Application, convention: Convention) -> Signature:
    signer = signer_of(application)
    return sign(signer, convention, code_for(signer, convention))


def plant_signature(convention: Convention, account: User, **of: Any) -> Signature:
    """As it is kept, without its e-mail; `of` an application or a partner."""
    return Signature.objects.create(
        convention=convention,
        account=account,
        organisme="JUDO CLUB D’ANTONY",
        siret="",
        text_sha256=convention.sha256,
        name="Camille DURAND",
        capacity="présidente",
        email="camille@judo.example",
        declared=signing.DECLARATION,
        code_digest="0" * 64,
        code_sent_at=timezone.now(),
        **of,
    )


def make_signature_of(partner: Partner, account: User, convention: Convention) -> Signature:
    signer = Signer(account, partner=partner)
    return sign(signer, convention, code_for(signer, convention))
