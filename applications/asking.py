"""A guardian asks for something of a child that is there already to be changed."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User

from . import mail, sending
from .enrolling import campaign_of
from .exceptions import AlreadyAsked, NotOpen
from .models import Application, NewSchool, OtherGuardian


@transaction.atomic
def ask(
    *,
    beneficiary_id: int,
    said: NewSchool | OtherGuardian,
    key: uuid.UUID,
    papers: Sequence[bytes],
    actor: User,
) -> Application:
    """`said` is what the papers prove, unsaved: its kind is asked for. The same form sent twice asks once.

    Raises NoPaper, TooManyPapers, NotOpen, AlreadyAsked.
    """
    sealed = sending.sealed_papers(key, papers)
    asked = {"kind": said.KIND, "beneficiary_id": beneficiary_id, "sent_by": actor}
    if first := Application.objects.filter(key=key, **asked).first():
        return first
    campaign = campaign_of(timezone.localdate())
    if campaign is None:
        raise NotOpen
    try:
        with transaction.atomic():
            application = Application.objects.create(key=key, campaign=campaign, **asked)
    except IntegrityError:
        if first := Application.objects.filter(key=key, **asked).first():
            return first
        raise AlreadyAsked from None
    said.application = application
    said.save(force_insert=True)
    sending.join(application, sealed)
    mail.sent(application)
    return application
