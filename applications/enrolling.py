"""A guardian enrols a child that no list has brought.

Whoever asks learns nothing of whether the child is known: the same papers are asked of all, and nothing is
looked for. An agent, who reads the papers, is shown whom the child is like.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from wallets.models import Campaign

from . import mail, sending
from .exceptions import MOST_ENROLMENTS, AlreadyEnrolling, NotOpen, TooManyEnrolments
from .models import OPEN_STATES, Application, ApplicationKind, Newcomer


def may_enrol(user: User) -> bool:
    return user.may_guard


def campaigns_of(day: dt.date) -> QuerySet[Campaign]:
    """The one that children are enrolled in, if any: of the two of June, that which has a year before it."""
    return Campaign.objects.open_on(day).order_by("-opens_on")[:1]


def campaign_of(day: dt.date) -> Campaign | None:
    return campaigns_of(day).first()


@transaction.atomic
def enrol(
    *,
    key: uuid.UUID,
    child: Mapping[str, Any],
    papers: Sequence[bytes],
    actor: User,
    beneficiary_id: int | None = None,
) -> Application:
    """`child` has the columns of `Newcomer`; `beneficiary_id` is who it is, of one that its guardian enrols
    again. The same form sent twice asks once.

    Raises NoPaper, TooManyPapers, NotOpen, AlreadyEnrolling, TooManyEnrolments.
    """
    sealed = sending.sealed_papers(key, papers)
    if first := _first(key, actor):
        return first
    campaign = campaign_of(timezone.localdate())
    if campaign is None:
        raise NotOpen
    newcomer = Newcomer(**child)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                key=key,
                kind=ApplicationKind.ENROLMENT,
                campaign=campaign,
                beneficiary_id=beneficiary_id,
                child_key=newcomer.key,
                sent_by=actor,
            )
    except IntegrityError:
        if first := _first(key, actor):
            return first
        raise AlreadyEnrolling from None
    if _open_ones(actor) > MOST_ENROLMENTS:
        raise TooManyEnrolments
    newcomer.application = application
    newcomer.save(force_insert=True)
    sending.join(application, sealed)
    mail.sent(application)
    return application


def _first(key: uuid.UUID, actor: User) -> Application | None:
    return Application.objects.filter(key=key, kind=ApplicationKind.ENROLMENT, sent_by=actor).first()


def _open_ones(user: User) -> int:
    return Application.objects.enrolments_of(user).filter(state__in=OPEN_STATES).count()
