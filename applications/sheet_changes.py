"""What a new sheet changes, as people read it: from what it said when it was asked for, or says today."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from core.formats import jour
from core.money import NBSP
from partners.models import Commune, Partner

from .models import NewSheet, SheetColumn

YES, NO, NOTHING = "oui", "non", "–"
OFFERED, NO_MORE = "proposée", "plus proposée"
AFFILIATION = "Affiliation"


class Change(NamedTuple):
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.what}{NBSP}: {self.before} → {self.after}"


def written(partner: Partner, column: SheetColumn) -> str:
    """What its sheet says there today."""
    if column == SheetColumn.COMMUNE:
        return partner.commune_id
    if column == SheetColumn.ACCESSIBLE:
        return YES if partner.accessible else NO
    said: str = getattr(partner, column)
    return said


def offered(partner: Partner, activity_id: int, kind: str) -> str:
    """Whether it has this offer today, and until when if that is known."""
    found = partner.offers.filter(activity=activity_id, kind=kind).first()
    if found is None or found.has_ended_on(timezone.localdate()):
        return NOTHING
    return f"{OFFERED} {until(found.ends_on)}" if found.ends_on else OFFERED


def changes_offer(partner: Partner, activity_id: int, kind: str, *, is_wanted: bool) -> bool:
    """Not, if it has the offer without a last day already, or has it no more."""
    return offered(partner, activity_id, kind) != (OFFERED if is_wanted else NOTHING)


def until(day: dt.date) -> str:
    return f"jusqu’au {jour(day)}"


def asked(sheet: NewSheet) -> list[Change]:
    """From what it said then."""
    edits = [(SheetColumn(it.column), it.before, it.after) for it in sheet.edits.all()]
    offers = [
        Change(str(it), *((NOTHING, OFFERED) if it.is_wanted else (OFFERED, NO_MORE)))
        for it in sheet.offers.select_related("activity")
    ]
    renewal = [Change(AFFILIATION, NOTHING, "à renouveler")] if sheet.renews else []
    return [*_in_words(edits), *offers, *renewal, *_in_other_words(sheet)]


def to_make(sheet: NewSheet, partner: Partner, affiliated_until: dt.date | None = None) -> list[Change]:
    """From what it says today."""
    edits = [
        (column, written(partner, column), it.after)
        for it in sheet.edits.all()
        for column in [SheetColumn(it.column)]
    ]
    offers = [
        Change(str(it), offered(partner, it.activity_id, it.kind), OFFERED if it.is_wanted else NO_MORE)
        for it in sheet.offers.select_related("activity")
    ]
    changes = [*_in_words(edits), *offers]
    if sheet.renews and partner.affiliated_until:
        goes_on = until(affiliated_until) if affiliated_until else "à renouveler"
        changes.append(Change(AFFILIATION, until(partner.affiliated_until), goes_on))
    return [*changes, *_in_other_words(sheet)]


def has_moved(sheet: NewSheet, partner: Partner) -> bool:
    """Whether the sheet says by now something else than it did, where it is to change."""
    return any(it.before != written(partner, SheetColumn(it.column)) for it in sheet.edits.all()) or any(
        not changes_offer(partner, it.activity_id, it.kind, is_wanted=it.is_wanted)
        for it in sheet.offers.all()
    )


def _in_words(edits: list[tuple[SheetColumn, str, str]]) -> list[Change]:
    """A commune by its name."""
    codes = {code for column, *both in edits if column == SheetColumn.COMMUNE for code in both}
    towns = dict(Commune.objects.filter(pk__in=codes).values_list("pk", "name")) if codes else {}
    return [
        Change(str(column.label), *(towns.get(it, it) or NOTHING for it in both)) for column, *both in edits
    ]


def _in_other_words(sheet: NewSheet) -> list[Change]:
    """What no column takes."""
    words = sheet.other_activities
    return [Change("À ajouter par un agent", NOTHING, words)] if words else []
