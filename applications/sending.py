"""A family asks; whoever asked completes what was asked of it, or asks no more."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from wallets.reading import locked_breakdowns

from . import mail, remaking
from .exceptions import MOST_PAPERS, AlreadyAsked, Moved, NoPaper, NotAskedFor, TooManyPapers
from .models import OPEN_STATES, Application, ApplicationKind, ApplicationState, Paper
from .models.application import ApplicationQuerySet
from .offering import may_be_asked


@transaction.atomic
def send(
    *, beneficiary_id: int, campaign_id: int, key: uuid.UUID, papers: Sequence[bytes], actor: User
) -> Application:
    """Ask for the supplement of a campaign. The same form sent twice asks once.

    Locks the child's wallets. Raises NoPaper, TooManyPapers, NotAskedFor, AlreadyAsked.
    """
    sealed = sealed_papers(key, papers)
    asked = {"beneficiary_id": beneficiary_id, "campaign_id": campaign_id, "sent_by": actor}
    if first := Application.objects.filter(key=key, **asked).first():
        return first
    wallets = locked_breakdowns(beneficiary_id, campaign_id)
    try:
        with transaction.atomic():
            application = Application.objects.create(key=key, kind=ApplicationKind.SCHOLARSHIP, **asked)
    except IntegrityError:
        if first := Application.objects.filter(key=key, **asked).first():
            return first
        raise AlreadyAsked from None
    if not may_be_asked(wallets, timezone.localdate()):
        raise NotAskedFor
    join(application, sealed)
    mail.sent(application)
    return application


@transaction.atomic
def complete(*, application_id: int, key: uuid.UUID, papers: Sequence[bytes], actor: User) -> Application:
    """Send what was asked for. The same form sent twice sends once.

    Locks the application. Raises NoPaper, TooManyPapers, AlreadyAsked, Moved.
    """
    sealed = sealed_papers(key, papers)
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    if application.papers.filter(key=key).exists():
        return application
    if not application.may_be_answered_by(actor):
        raise Moved
    # Who was merged into this account: one person.
    sender = application.sent_by if application.is_enrolment or application.is_affiliation else actor
    if application.sent_by_id != sender.pk:
        # What another household sent is not shown beside what this one does.
        application.papers.all().delete_content()
    incomplete = Application.objects.filter(pk=application_id, state=ApplicationState.INCOMPLETE)
    if not incomplete.update(
        state=ApplicationState.SENT, waiting_since=timezone.now(), reason="", sent_by=sender
    ):
        raise AlreadyAsked if application.state == ApplicationState.SENT else Moved
    join(application, sealed)
    return application


@transaction.atomic
def withdraw(*, application_id: int, actor: User) -> None:
    """Ask no more: the papers go at once. Raises Moved."""
    application = Application.objects.get(pk=application_id)
    if not application.may_be_answered_by(actor) or not _open(application_id).update(
        state=ApplicationState.WITHDRAWN, reason=""
    ):
        raise Moved
    application.papers.all().delete_content()


def _open(application_id: int) -> ApplicationQuerySet:
    return Application.objects.filter(pk=application_id, state__in=OPEN_STATES)


def sealed_papers(key: uuid.UUID, papers: Sequence[bytes]) -> list[Paper]:
    """Before any lock. Raises NoPaper, TooManyPapers."""
    if not papers:
        raise NoPaper
    if len(papers) > MOST_PAPERS:
        raise TooManyPapers
    made = [Paper(key=key, place=place) for place in range(len(papers))]
    for paper, content in zip(made, papers, strict=True):
        paper.sealed = paper.seal(content)
    return made


def join(application: Application, papers: Sequence[Paper]) -> None:
    for paper in papers:
        paper.application = application
    Paper.objects.bulk_create(papers)
    remaking.read_papers.enqueue(application_id=application.pk)
