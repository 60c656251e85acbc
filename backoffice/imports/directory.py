"""Organismes with their activities, from a spreadsheet: a plan is shown, then done in one transaction.

The columns are those of the export. An organisme is known by its name and its commune; nothing is ever
removed, and the same file twice changes nothing.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from accounts.identity import digits_of
from core.spelling import simplified
from core.telephones import NotATelephone, read_telephone
from partners.models import Activity, Commune, Offer, Partner
from partners.services import directory_changed
from wallets.models import Kind

from .plans import TOLD_EVERY, Plan, Progress, compare
from .reading import Cells, Row, RowRefused, read_date, read_postcode, read_yes, refuse_no_values

OF_KIND = {Kind.SPORT: "Activités Sport", Kind.CULTURE: "Activités Culture"}
TEXTS = {"Adresse": "address", "Téléphone": "phone", "E-mail": "email", "Site": "website"}
COLUMNS = (
    *("Nom", "Adresse", "Code postal", "Commune", "Code INSEE", "Téléphone", "E-mail", "Site", "Handicap"),
    *(*OF_KIND.values(), "Affilié depuis le", "Affilié jusqu’au"),
)
REQUIRED = ("Nom", "Commune")
# A number that Excel rounded is another's, or nobody's.
IDENTIFYING = {"Code postal", "Code INSEE", "Téléphone"}
LONGEST_ACTIVITY = 80
# What a line may change of an organisme.
WRITTEN = [*TEXTS.values(), "postcode", "accessible", "affiliated_from", "affiliated_until"]
NEW_ACTIVITIES = "Activités nouvelles"


@dataclass
class Change:
    """One organisme as the file wants it. `fields` say in French what differs, from what it is."""

    row: int
    partner: Partner
    fields: list[str]
    offers: list[tuple[str, Kind]]

    @property
    def is_new(self) -> bool:
        return self.partner._state.adding

    @property
    def name(self) -> str:
        return f"{self.partner}, {self.partner.commune}"

    @property
    def told(self) -> str:
        return ", ".join(self.fields)


class DirectoryImporter:
    """The importer. Nothing is written before it locks the directory: a second import waits."""

    columns = COLUMNS
    required = REQUIRED
    cells_are = "Plusieurs activités s’écrivent Judo | Karaté, une date 01/09/2026. Handicap dit oui ou non."

    def plan(self, content: bytes, progress: Progress) -> Plan[Change]:
        """Compare the file with the directory, and write nothing. Raises NotReadable."""
        known, seen = _Known(), dict[tuple[str, str], int]()
        plan = compare(self, content, lambda row: _change(row, known, seen), progress)
        plan.notes.extend(known.notes)
        named = {activity for change in plan.changes for activity, _ in change.offers}
        if new := sorted(named - known.activities):
            plan.new_names[NEW_ACTIVITIES] = new
        return plan

    def apply(self, content: bytes, progress: Progress, *, as_read: str = "") -> Plan[Change]:
        """Do what the plan says of the directory as it is by now. Raises NotReadable, PlanChanged."""
        # It writes the one row that every change of the directory writes: whoever comes next waits for it.
        directory_changed()
        plan = self.plan(content, progress)
        plan.refuse_unless(as_read)
        Activity.objects.bulk_create(Activity(name=name) for name in plan.new_names.get(NEW_ACTIVITIES, []))
        activities = {activity.name: activity for activity in Activity.objects.all()}
        for start in range(0, len(plan.changes), TOLD_EVERY):
            changes = plan.changes[start : start + TOLD_EVERY]
            known = [change.partner for change in changes if not change.is_new]
            Partner.objects.bulk_create(change.partner for change in changes if change.is_new)
            Partner.objects.bulk_create(
                known, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN
            )
            if len(changes) == TOLD_EVERY:
                progress(start + len(changes), len(plan.changes))
        Offer.objects.bulk_create(
            Offer(partner=change.partner, activity=activities[name], kind=kind)
            for change in plan.changes
            for name, kind in change.offers
        )
        return plan


class _Known:
    """The directory as it is, looked up by what files write."""

    def __init__(self) -> None:
        communes = list(Commune.objects.all())
        self.communes = {simplified(commune.name): commune for commune in communes}
        self.communes |= {commune.insee_code.casefold(): commune for commune in communes}
        self.notes: list[tuple[int, str]] = []
        self.activities = set(Activity.objects.values_list("name", flat=True))
        self.spellings = {simplified(name): name for name in self.activities}
        self.partners = {
            (simplified(p.name), p.commune_id): p for p in Partner.objects.select_related("commune")
        }
        self.offers = set(Offer.objects.values_list("partner", "activity__name", "kind"))

    def commune(self, cells: Cells) -> Commune:
        """By its code, else by its name. Raises RowRefused."""
        code, name = cells["Code INSEE"], cells["Commune"]
        found = self.communes.get(code.casefold() if code else simplified(name))
        if not found and code:
            raise RowRefused(f"{code} n’est le code INSEE d’aucune commune du département.")
        if not found:
            raise RowRefused(f"La commune {name or 'vide'} n’est pas dans la liste des communes.")
        return found


def _change(row: Row, known: _Known, seen: dict[tuple[str, str], int]) -> Change:
    """Raises RowRefused."""
    cells = row.cells
    refuse_no_values(row, IDENTIFYING)
    if not cells["Nom"]:
        raise RowRefused("Il n’y a pas de nom.")
    commune = known.commune(cells)
    key = (simplified(cells["Nom"]), commune.insee_code)
    if key in seen:
        raise RowRefused(f"C’est le même organisme qu’à la ligne {seen[key]}.")
    seen[key] = row.number
    partner = known.partners.get(key) or Partner(name=cells["Nom"], commune=commune)
    values = _values_of(cells, partner)
    if not _read_telephone(values, partner):
        told = f"{cells['Téléphone']} n’est pas un téléphone\N{NO-BREAK SPACE}: laissé de côté."
        known.notes.append((row.number, told))
    differing = _set(partner, values)
    offers = [
        (name, kind)
        for kind, column in OF_KIND.items()
        for name in _activities(cells[column], known)
        if (partner.pk, name, kind.value) not in known.offers
    ]
    if partner._state.adding and not offers:
        raise RowRefused("Il n’y a aucune activité, ni Sport ni Culture.")
    added = [f"{name} ({kind.label})" for name, kind in offers]
    return Change(row.number, partner, differing + added, offers)


def _set(partner: Partner, values: Mapping[str, Any]) -> list[str]:
    """Give the organisme these values; return the names of those that differ. Raises RowRefused."""
    differing = [
        f"{_label(name)}\N{NO-BREAK SPACE}: {_shown(former)} → {_shown(value)}"
        for name, value in values.items()
        if (former := getattr(partner, name)) != value
    ]
    for name, value in values.items():
        setattr(partner, name, value)
    try:
        # That the commune exists is known; of the constraints, which SQL would check one line at a time, a
        # file can only meet this one.
        partner.clean_fields(exclude=["commune"])
        if partner.affiliated_until and partner.affiliated_from > partner.affiliated_until:
            raise ValidationError({NON_FIELD_ERRORS: "L’affiliation finit avant de commencer."})
    except ValidationError as wrong:
        raise RowRefused(" ".join(_said(wrong))) from wrong
    return differing


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case dt.date():
            return f"{value:%d/%m/%Y}"
    return str(value or "rien")


def _label(name: str) -> str:
    return str(getattr(Partner._meta.get_field(name), "verbose_name", name))


def _values_of(cells: Cells, partner: Partner) -> dict[str, Any]:
    """What the line says of the organisme: an empty cell says nothing. Raises RowRefused."""
    values: dict[str, Any] = {name: cells[column] for column, name in TEXTS.items() if cells[column]}
    if (site := cells["Site"]) and "://" not in site:
        # As people write it.
        values["website"] = f"https://{site}"
    if postcode := cells["Code postal"]:
        values["postcode"] = read_postcode(postcode)
    if (accessible := read_yes(cells, "Handicap")) is not None:
        values["accessible"] = accessible
    for column, name in (("Affilié depuis le", "affiliated_from"), ("Affilié jusqu’au", "affiliated_until")):
        if cells[column]:
            try:
                values[name] = read_date(cells[column])
            except ValueError as wrong:
                raise RowRefused(f"{cells[column]} n’est pas une date comme 01/09/2026.") from wrong
    if partner.affiliated_from is None:
        values.setdefault("affiliated_from", timezone.localdate())
    return values


def _read_telephone(values: dict[str, Any], partner: Partner) -> bool:
    """Put it in its one writing, or leave it out and say so; the number that is there stays as it is."""
    if "phone" in values:
        try:
            said = values.pop("phone")
            values["phone"] = read_telephone(said)
        except NotATelephone:
            return bool(said == partner.phone)
        if partner.phone and digits_of(partner.phone) == digits_of(values["phone"]):
            del values["phone"]
    return True


def _activities(cell: str, known: _Known) -> Iterator[str]:
    """Their names as they are known, between « | », « ; » or « , ». Raises RowRefused."""
    parts = re.split("[|;,]", cell)
    for name in dict.fromkeys(" ".join(part.split()) for part in parts):
        if len(name) > LONGEST_ACTIVITY:
            raise RowRefused(f"L’activité {name[:30]}… est trop longue.")
        if name:
            yield known.spellings.setdefault(simplified(name), name)


def _said(wrong: ValidationError) -> Iterator[str]:
    """Each field by its name, then what is wrong with it."""
    for name, messages in wrong.message_dict.items():
        label = "" if name == "__all__" else f"{capfirst(_label(name))}\N{NO-BREAK SPACE}: "
        yield from (f"{label}{message}" for message in messages)
