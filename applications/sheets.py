"""An affiliated organisme asks for its sheet to be changed.

Lock order: the organisme, then the application.
"""

import uuid
from collections.abc import Collection, Mapping

from django.db import IntegrityError, transaction

from accounts.models import User
from partners.models import Partner

from . import mail
from .exceptions import AlreadyAsked, Moved, NothingToChange
from .models import (
    OPEN_STATES,
    Application,
    ApplicationKind,
    ApplicationState,
    NewSheet,
    SheetColumn,
    SheetEdit,
    SheetOffer,
)
from .models.application import ApplicationQuerySet
from .sheet_changes import changes_offer, written

# An activity, by its id, and the wallet that pays for it.
Pairs = Collection[tuple[int, str]]


def of_partner(partner: Partner) -> ApplicationQuerySet:
    """That were not withdrawn, the newest first."""
    asked = Application.objects.filter(kind=ApplicationKind.SHEET, partner=partner)
    return asked.exclude(state=ApplicationState.WITHDRAWN).order_by("-number")


def newest_of(partner: Partner) -> Application | None:
    return of_partner(partner).select_related("sent_by", "new_sheet", "partner").first()


@transaction.atomic
def propose(
    *,
    partner_id: int,
    key: uuid.UUID,
    said: Mapping[SheetColumn, str],
    wanted: Pairs,
    ended: Pairs,
    other_activities: str,
    actor: User,
    renews: bool = False,
) -> Application:
    """The same form sent twice asks once. Every manager is told.

    Locks the organisme. Raises Moved, NothingToChange, AlreadyAsked.
    """
    standing = Partner.objects.standing().select_for_update(of=("self",), no_key=True)
    partner = standing.filter(pk=partner_id).first()
    if partner is None:
        raise Moved
    if first := of_partner(partner).filter(key=key, sent_by=actor).first():
        return first
    edits = [SheetEdit(column=it, before=written(partner, it), after=after) for it, after in said.items()]
    edits = [it for it in edits if it.before != it.after]
    offers = [
        SheetOffer(activity_id=activity, kind=kind, is_wanted=is_wanted)
        for is_wanted, pairs in ((True, wanted), (False, ended))
        for activity, kind in sorted({*pairs})
        if changes_offer(partner, activity, kind, is_wanted=is_wanted)
    ]
    # One that has no last day goes on by itself.
    renews = renews and partner.affiliated_until is not None
    if not (edits or offers or other_activities or renews):
        raise NothingToChange
    try:
        with transaction.atomic():
            application = Application.objects.create(
                key=key, kind=ApplicationKind.SHEET, partner=partner, sent_by=actor
            )
    except IntegrityError:
        raise AlreadyAsked from None
    sheet = NewSheet.objects.create(application=application, other_activities=other_activities, renews=renews)
    for edit in edits:
        edit.sheet = sheet
    for offer in offers:
        offer.sheet = sheet
    SheetEdit.objects.bulk_create(edits)
    SheetOffer.objects.bulk_create(offers)
    mail.sent(application)
    return application


@transaction.atomic
def move(*, double_id: int, kept_id: int) -> None:
    """What one asks for that is merged goes to the other, unless that one asks too. Both are locked."""
    sheets = Application.objects.filter(kind=ApplicationKind.SHEET)
    waiting = sheets.filter(state__in=OPEN_STATES)
    if waiting.filter(partner=kept_id).exists():
        waiting.filter(partner=double_id).update(state=ApplicationState.WITHDRAWN, reason="")
    sheets.filter(partner=double_id).update(partner=kept_id)
