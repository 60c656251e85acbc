"""One organisme as a line of the file wants it."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from accounts.identity import digits_of
from backoffice.imports.spreadsheets.cells import read_date, read_postcode, read_yes, refuse_no_values
from backoffice.imports.spreadsheets.rows import Cells, Row, RowRefused
from core.spelling import simplified
from core.telephones import NotATelephone, read_telephone
from partners.models import Partner
from wallets.models import Kind

from .known import Known

OF_KIND = {Kind.SPORT: "Activités Sport", Kind.CULTURE: "Activités Culture"}
TEXTS = {"Adresse": "address", "Téléphone": "phone", "E-mail": "email", "Site": "website"}

# A number that Excel rounded is another's, or nobody's.
IDENTIFYING = {"Code postal", "Code INSEE", "Téléphone"}
LONGEST_ACTIVITY = 80


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


def change_of(row: Row, known: Known, seen: dict[tuple[str, str], int]) -> Change:
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


def _activities(cell: str, known: Known) -> Iterator[str]:
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
