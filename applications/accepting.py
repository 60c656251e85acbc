"""An agent accepts an enrolment: the child, its guardian and its wallets are there at once, or nothing is.

Lock order, as everywhere: the child, its wallets, then the application.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import guardianship
from accounts.exceptions import AlreadyGuardian, NoSuchGuardian
from accounts.models import Beneficiary, User
from wallets.campaigns import open_wallets
from wallets.exceptions import CampaignOver
from wallets.models import Entry, Kind

from . import children, deciding, mail
from .exceptions import AlreadyTheirs, Moved, NumberTaken, SenderGone, TheirsNoMore
from .models import Application, ApplicationKind, ApplicationState, Newcomer

# What the number of a child begins with that no school has numbered yet: the same child, the same number,
# so that the table of children refuses a second one.
PROVISIONAL = "INSCRIT-"
# Which a child that is known has from what its family says, once it has left the lists.
OF_SCHOOL = ("school_id", "grade", "insee_code")


@transaction.atomic
def accept_enrolment(
    *, application_id: int, actor: User, child_id: int | None = None, fields: Mapping[str, Any] | None = None
) -> tuple[Beneficiary, list[Entry]]:
    """Give its guardian the child `child_id`; or without one a new child, of whom `fields` says what an agent
    wrote otherwise than its family. Its wallets of the campaign are opened, where it has none. One that its
    guardian enrols again is that child, and no other.

    Locks the child, its wallets, the application. Raises Moved, BeingRead, PapersUnread, NoReadablePaper,
    CampaignOver, NumberTaken, AlreadyTheirs, TheirsNoMore, SenderGone.
    """
    asked = _read(application_id)
    campaign = asked.campaign
    if campaign is None or timezone.localdate() > campaign.last_ticket_on:
        raise CampaignOver
    if asked.beneficiary_id:
        child = _again(asked, fields or {})
    else:
        child = _make(asked, fields or {}) if child_id is None else _known(child_id, asked.newcomer)
        _let_act(child, asked)
    entries = open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=Kind.SPORT, actor=actor
    )
    deciding.accept_for(application_id, actor, beneficiary=child)
    mail.enrolled(application_id, child)
    return child, entries


def _let_act(child: Beneficiary, asked: Application) -> None:
    guardian = asked.sent_by.merged_into or asked.sent_by
    try:
        guardianship.add(beneficiary_id=child.pk, user_id=guardian.pk)
    except AlreadyGuardian:
        raise AlreadyTheirs from None
    except NoSuchGuardian:
        raise SenderGone from None


def provisional_number(newcomer: Newcomer) -> str:
    return f"{PROVISIONAL}{newcomer.key[:12]}".upper()


def _read(application_id: int) -> Application:
    """Raises Moved, for one that was withdrawn and forgotten meanwhile."""
    enrolments = Application.objects.filter(kind=ApplicationKind.ENROLMENT, newcomer__isnull=False)
    found = enrolments.select_related("newcomer", "campaign", "sent_by__merged_into")
    asked = found.filter(pk=application_id, state=ApplicationState.SENT).first()
    if asked is None:
        raise Moved
    return asked


def _make(asked: Application, fields: Mapping[str, Any]) -> Beneficiary:
    newcomer = asked.newcomer
    said = {
        "pupil_number": provisional_number(newcomer),
        **{it: getattr(newcomer, it) for it in ("first_name", "last_name", "birth_year", *OF_SCHOOL)},
        **fields,
    }
    try:
        with transaction.atomic():
            return Beneficiary.objects.create(**said)
    except IntegrityError:
        if not Application.objects.filter(pk=asked.pk, state=ApplicationState.SENT).exists():
            # By another agent, a moment ago.
            raise Moved from None
        if Beneficiary.objects.filter(pupil_number=said["pupil_number"]).exists():
            raise NumberTaken from None
        raise


def _again(asked: Application, fields: Mapping[str, Any]) -> Beneficiary:
    """Locked. Nobody is made its guardian by it: an agent may have taken it away meanwhile."""
    child = children.lock(asked.beneficiary_id or 0)
    guardian = asked.sent_by.merged_into_id or asked.sent_by_id
    if not child.guardianships.filter(user=guardian).exists():
        raise TheirsNoMore
    said = {it: getattr(asked.newcomer, it) for it in OF_SCHOOL if getattr(asked.newcomer, it)}
    written = {it: value for it, value in fields.items() if it in OF_SCHOOL}
    Beneficiary.objects.filter(pk=child.pk).update(**said, **written, is_enrolled=True)
    return child


def _known(child_id: int, newcomer: Newcomer) -> Beneficiary:
    """Locked. What a list says of a child stays; of one that left the lists, its family knows better."""
    child = children.lock(child_id)
    if not child.is_enrolled:
        said = {it: getattr(newcomer, it) for it in OF_SCHOOL if getattr(newcomer, it)}
        Beneficiary.objects.filter(pk=child.pk).update(**said, is_enrolled=True)
    return child
