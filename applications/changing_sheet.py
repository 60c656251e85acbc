"""An agent accepts that the sheet of an organisme changes.

Lock order: the directory, the organisme, then the application.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from partners.models import Offer, Partner
from partners.services import directory_changed, keep_former_names, lock_directory

from . import deciding, mail
from .exceptions import Moved, OrganismeGone
from .models import Application, ApplicationKind, ApplicationState, NewSheet, SheetColumn
from .sheet_changes import NOTHING, YES, Change, to_make

NAMING = {SheetColumn.NAME, SheetColumn.COMMUNE}
PLACING = {SheetColumn.ADDRESS, SheetColumn.POSTCODE, SheetColumn.COMMUNE}
# So that it is looked for anew.
NO_POSITION = {"latitude": None, "longitude": None, "located_address": ""}


@transaction.atomic
def accept_sheet(
    *, application_id: int, actor: User, affiliated_until: dt.date | None = None
) -> tuple[Partner, list[Change]]:
    """Return the organisme, and what is changed of it. What else its sheet says by now stays.

    An affiliation that is renewed lasts until that day included. Locks the directory, the organisme, the
    application. Raises Moved, BeingRead, OrganismeGone.
    """
    waiting = Application.objects.filter(kind=ApplicationKind.SHEET, state=ApplicationState.SENT)
    asked = waiting.filter(pk=application_id, new_sheet__isnull=False).select_related("new_sheet").first()
    if asked is None or asked.partner_id is None:
        raise Moved
    lock_directory()
    standing = Partner.objects.standing().select_for_update(of=("self",))
    partner = standing.filter(pk=asked.partner_id).first()
    if partner is None:
        raise OrganismeGone
    changes = to_make(asked.new_sheet, partner, affiliated_until)
    columns = _columns(asked.new_sheet, affiliated_until)
    if "latitude" in columns and partner.latitude is not None:
        changes.append(Change("Position", f"{partner.latitude}, {partner.longitude}", NOTHING))
    _write(asked.new_sheet, partner, columns)
    directory_changed()
    deciding.accept_for(application_id, actor)
    mail.accepted(application_id, changes=changes)
    return partner, changes


def _columns(sheet: NewSheet, affiliated_until: dt.date | None) -> dict[str, Any]:
    after = {SheetColumn(it.column): it.after for it in sheet.edits.all()}
    columns: dict[str, Any] = {column.value: text for column, text in after.items()}
    if SheetColumn.ACCESSIBLE in after:
        columns["accessible"] = after[SheetColumn.ACCESSIBLE] == YES
    if PLACING & after.keys():
        columns |= NO_POSITION
    if sheet.renews and affiliated_until:
        columns["affiliated_until"] = affiliated_until
    return columns


def _write(sheet: NewSheet, partner: Partner, columns: dict[str, Any]) -> None:
    if NAMING & columns.keys():
        keep_former_names([partner.pk])
    if columns:
        Partner.objects.filter(pk=partner.pk).update(**columns)
    today = timezone.localdate()
    for offer in sheet.offers.all():
        of_one: dict[str, Any] = {
            "partner": partner,
            "activity_id": offer.activity_id,
            "kind": offer.kind,
        }
        if offer.is_wanted:
            Offer.objects.update_or_create(**of_one, defaults={"ends_on": None})
        else:
            Offer.objects.current_on(today).filter(**of_one).update(ends_on=today)
