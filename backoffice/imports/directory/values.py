"""What a line says of an organisme: an empty cell says nothing."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.identity import digits_of
from core.addresses import address_in
from core.postcodes import read_french_postcode
from core.spelling import simplified
from core.spreadsheet_files.cells import read_yes, with_lost_zero
from core.spreadsheet_files.rows import Cells, RowRefused
from core.telephones import NotATelephone, read_telephone
from core.typed_dates import not_a_day, read_day
from partners.models import Partner
from wallets.models import Kind

from .known import Known

OF_KIND = {Kind.SPORT: "Activités Sport", Kind.CULTURE: "Activités Culture"}
TEXTS = {"Adresse": "address", "Téléphone": "phone", "E-mail": "email", "Site": "website"}

LONGEST_ACTIVITY = 80
# Not where a bracket closes before another one opens.
APART = re.compile(r"[;,](?![^()]*\))")


def values_of(cells: Cells, partner: Partner) -> dict[str, Any]:
    """What the line says of the organisme: an empty cell says nothing. Raises RowRefused."""
    values: dict[str, Any] = {name: cells[column] for column, name in TEXTS.items() if cells[column]}
    if (site := cells["Site"]) and "://" not in site:
        # As people write it.
        values["website"] = f"https://{site}"
    if postcode := cells["Code postal"]:
        values["postcode"] = _postcode(postcode)
    if (accessible := read_yes(cells, "Handicap")) is not None:
        values["accessible"] = accessible
    for column, name in (("Affilié depuis le", "affiliated_from"), ("Affilié jusqu’au", "affiliated_until")):
        if cells[column]:
            try:
                values[name] = read_day(cells[column])
            except ValueError as wrong:
                raise RowRefused(not_a_day(cells[column])) from wrong
    if partner.affiliated_from is None:
        values.setdefault("affiliated_from", timezone.localdate())
    return values


def _postcode(text: str) -> str:
    """Of an organisme of the département. Raises RowRefused."""
    try:
        return read_french_postcode(with_lost_zero(text))
    except ValidationError as wrong:
        raise RowRefused(wrong.message) from wrong


def read_partner_telephone(values: dict[str, Any], partner: Partner) -> bool:
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


def read_partner_email(values: dict[str, Any], partner: Partner) -> str:
    """Put the address alone; return what was left out of the cell, for a note. Raises RowRefused."""
    said = values.get("email", partner.email)
    if said == partner.email:
        return ""
    try:
        values["email"], is_whole = address_in(said)
    except ValidationError as wrong:
        raise RowRefused(f"Adresse e-mail\N{NO-BREAK SPACE}: {wrong.message}") from wrong
    return "" if is_whole else f"De {said}, {values['email']} est gardé."


def _parts(cell: str, known: Known) -> list[str]:
    """Between « | », as our export writes; else a known activity whole; else between « ; » and « , », but not
    inside brackets: « Danse (classique, jazz) » is one."""
    if "|" in cell:
        return cell.split("|")
    return [cell] if simplified(cell) in known.spellings else APART.split(cell)


def activities_in(cell: str, known: Known) -> Iterator[str]:
    """Their names as they are known. Raises RowRefused."""
    for name in dict.fromkeys(" ".join(part.split()) for part in _parts(cell, known)):
        if len(name) > LONGEST_ACTIVITY:
            raise RowRefused(f"L’activité {name[:30]}… est trop longue.")
        if name:
            yield known.spellings.setdefault(simplified(name), name)
