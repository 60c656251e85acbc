"""An agent takes an application up, reads its papers, and decides.

Lock order: wallets, application.
"""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from wallets.exceptions import SupplementGranted, SupplementNotGranted
from wallets.models import Entry
from wallets.reading import locked_breakdowns
from wallets.supplements import grant_supplement, take_back_supplement

from . import mail
from .exceptions import AlreadyAsked, BeingRead, Moved, NoReadablePaper, NotAskedFor, PapersUnread
from .models import DECIDED_STATES, Application, ApplicationKind, ApplicationState, OtherGuardian, PaperState
from .models.application import ApplicationQuerySet

# Which a family was told, and agents may take back.
TOLD_STATES = (*DECIDED_STATES, ApplicationState.INCOMPLETE)
NOT_CLAIMED = {"claimed_by": None, "claimed_at": None}
NOT_DECIDED = {"decided_by": None, "decided_at": None}


def claim(*, application_id: int, actor: User) -> None:
    """« Je m'en occupe »: no other agent decides of it for CLAIMED_FOR. Raises BeingRead, Moved."""
    if not _free(application_id, actor).update(claimed_by=actor, claimed_at=timezone.now()):
        _refuse_to_move(application_id)


def claim_next(*, actor: User) -> int | None:
    """The oldest that nobody else has; None if there is none."""
    for number in Application.objects.waiting().free_for(actor).values_list("number", flat=True)[:20]:
        with suppress(BeingRead, Moved):
            claim(application_id=number, actor=actor)
            return number
    return None


@transaction.atomic
def accept(*, application_id: int, actor: User) -> list[Entry]:
    """Grant it. Of what was granted by hand meanwhile nothing more is: no entries.

    Locks the child's wallets, then the application. Raises Moved, BeingRead, PapersUnread, NoReadablePaper,
    NotAskedFor, and what `grant_supplement` does.
    """
    whose = Application.objects.values("beneficiary", "campaign").get(
        pk=application_id, kind=ApplicationKind.SCHOLARSHIP
    )
    wallets = locked_breakdowns(whose["beneficiary"], whose["campaign"])
    application = _lock(application_id, actor)
    if application.beneficiary_id != whose["beneficiary"]:
        raise Moved
    if not wallets:
        raise NotAskedFor
    _ask_for_readable_papers(application)
    entries: list[Entry] = []
    with suppress(SupplementGranted):
        entries = grant_supplement(
            beneficiary_id=application.beneficiary_id, campaign_id=whose["campaign"], actor=actor
        )
    _decide(application_id, ApplicationState.ACCEPTED, actor)
    mail.accepted(application_id)
    return entries


def accept_for(application_id: int, actor: User, **given: Any) -> None:
    """Of what else is asked, in the transaction that made or changed what is `given`, last of all.

    Locks the application. Raises Moved, BeingRead; where it takes papers PapersUnread, NoReadablePaper.
    """
    application = _lock(application_id, actor)
    if application.takes_papers:
        _ask_for_readable_papers(application)
    _decide(application_id, ApplicationState.ACCEPTED, actor, **given)


@transaction.atomic
def ask(*, application_id: int, reason: str, actor: User) -> None:
    """For another paper, or a better one; the family reads why. Raises Moved, BeingRead."""
    if not _lock(application_id, actor).takes_papers:
        raise Moved
    _move(
        application_id,
        ApplicationState.INCOMPLETE,
        waiting_since=timezone.now(),
        reason=reason,
        **NOT_CLAIMED,
    )
    mail.incomplete(application_id)


@transaction.atomic
def refuse(*, application_id: int, reason: str, actor: User) -> None:
    """The family reads why, and how to contest it. Raises Moved, BeingRead."""
    _lock(application_id, actor)
    _decide(application_id, ApplicationState.REFUSED, actor, reason=reason)
    mail.refused(application_id)


@transaction.atomic
def reopen(*, application_id: int, actor: User) -> list[Entry]:
    """It waits again as if nothing had been said of it; what it gave is taken back, and returned.

    Of what else was accepted nothing is, but an invitation that has not served: what a child or an organisme
    has been given and who acts for it, and where a child goes to school, are changed on its page. Locks the
    child's wallets, then the application. Raises Moved, AlreadyAsked, SupplementSpent.
    """
    application = Application.objects.get(pk=application_id)
    if not may_be_reopened(application):
        raise Moved
    entries: list[Entry] = []
    is_granted = application.is_scholarship and application.state == ApplicationState.ACCEPTED
    if is_granted and application.beneficiary_id and application.campaign_id:
        # Taken back by hand meanwhile: there is nothing to take.
        with suppress(SupplementNotGranted):
            entries = take_back_supplement(
                beneficiary_id=application.beneficiary_id, campaign_id=application.campaign_id, actor=actor
            )
    # The child's two rows may have become one meanwhile: what is to be taken back is the other one's.
    told = Application.objects.filter(
        pk=application_id, state=application.state, beneficiary=application.beneficiary_id
    )
    try:
        with transaction.atomic():
            moved = told.filter(state__in=TOLD_STATES).update(
                state=ApplicationState.SENT, waiting_since=timezone.now(), reason="", **NOT_DECIDED
            )
    except IntegrityError:
        raise AlreadyAsked from None
    if not moved or _has_joined(application_id):
        raise Moved
    mail.reopened(application_id)
    return entries


def may_be_reopened(application: Application) -> bool:
    """Who asks was told of it, and what was said beside the papers is not forgotten yet."""
    if application.is_scholarship:
        return application.state in TOLD_STATES
    if application.said is None:
        return False
    if application.kind == ApplicationKind.GUARDIAN and not _has_joined(application.pk):
        return application.state in TOLD_STATES
    return application.state in TOLD_STATES and application.state != ApplicationState.ACCEPTED


def _has_joined(application_id: int) -> bool:
    """Who was invited came in by the link: an agent ends that on the page of the child."""
    return OtherGuardian.objects.filter(application=application_id, joined_at__isnull=False).exists()


def _lock(application_id: int, actor: User) -> Application:
    """Raises Moved, BeingRead."""
    found = _free(application_id, actor).select_for_update(of=("self",)).first()
    return found or _refuse_to_move(application_id)


def _free(application_id: int, actor: User) -> ApplicationQuerySet:
    return _sent(application_id).free_for(actor)


def _refuse_to_move(application_id: int) -> Application:
    """Raises BeingRead, Moved."""
    if _sent(application_id).exists():
        raise BeingRead
    raise Moved


def _ask_for_readable_papers(application: Application) -> None:
    """Raises PapersUnread, NoReadablePaper."""
    states = {*application.papers.values_list("state", flat=True)}
    if PaperState.RECEIVED in states:
        raise PapersUnread
    if PaperState.READABLE not in states:
        raise NoReadablePaper


def _decide(
    application_id: int, state: ApplicationState, actor: User, reason: str = "", **fields: object
) -> None:
    """Raises Moved."""
    decided = {"decided_by": actor, "decided_at": timezone.now(), "reason": reason, **NOT_CLAIMED}
    _move(application_id, state, **decided, **fields)


def _move(application_id: int, state: ApplicationState, **fields: object) -> None:
    """Guarded, even under the lock. Raises Moved."""
    if not _sent(application_id).update(state=state, **fields):
        raise Moved


def _sent(application_id: int) -> ApplicationQuerySet:
    return Application.objects.filter(pk=application_id, state=ApplicationState.SENT)
