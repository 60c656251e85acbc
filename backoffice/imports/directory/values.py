"""What a line says of an organisme: an empty cell says nothing, and one that cannot be read is left aside."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import CharField
from django.utils import timezone

from accounts.identity import digits_of
from core.addresses import address_in
from core.postcodes import postcode_in, read_french_postcode
from core.spelling import simplified
from core.spreadsheet_files.cells import NO, ROUNDED, TICKED, UNTICKED, YES, read_yes, with_lost_zero
from core.spreadsheet_files.rows import Cells, RowRefused
from core.telephones import read_telephone
from core.typed_dates import not_a_day, read_day
from partners.communes import without_postcode
from partners.models import Partner
from wallets.models import Kind

from .known import Known

OF_KIND = {Kind.SPORT: "Activités Sport", Kind.CULTURE: "Activités Culture"}
TEXTS = {
    "Adresse": "address",
    "Code postal": "postcode",
    "Téléphone": "phone",
    "E-mail": "email",
    "Site": "website",
}

LONGEST_ACTIVITY = 80
# Not where a bracket closes before another one opens.
APART = re.compile(r"[;,](?![^()]*\))")
# Of a column « Sport » that is ticked, or says that there is nothing. « Nô » is theatre.
NO_ACTIVITY = {*YES, *NO, "néant", "neant", "aucun", "aucune", "rien", "nc", "n/c", "n/a", "na", "sans objet"}


def values_of(cells: Cells, partner: Partner, notes: list[str]) -> dict[str, Any]:
    """What the line says of the organisme; `notes` has what was left aside. Raises RowRefused: a day that
    nobody can read would let tickets in, or keep them out.
    """
    values: dict[str, Any] = {name: cells[column] for column, name in TEXTS.items() if cells[column]}
    _, postcode = without_postcode(cells["Commune"])
    if len(postcode) == 5 and not (partner.postcode or "postcode" in values):
        values["postcode"] = postcode
    notes.extend(_leave_aside(values, partner))
    try:
        accessible = read_yes(cells, "Handicap")
    except RowRefused as wrong:
        notes.append(f"{wrong} Laissé de côté.")
    else:
        values |= {} if accessible is None else {"accessible": accessible}
    for column, name in (("Affilié depuis le", "affiliated_from"), ("Affilié jusqu’au", "affiliated_until")):
        if cells[column]:
            try:
                values[name] = read_day(cells[column])
            except ValueError as wrong:
                raise RowRefused(not_a_day(cells[column])) from wrong
    if partner.affiliated_from is None:
        values.setdefault("affiliated_from", timezone.localdate())
    return values


def _leave_aside(values: dict[str, Any], partner: Partner) -> Iterator[str]:
    """What is optional keeps no organisme out. What is there already stays, however it is written."""
    for name, (what, read) in OPTIONAL.items():
        said: str = values.get(name, "")
        if not said or said == getattr(partner, name):
            continue
        longest = cast(CharField, Partner._meta.get_field(name)).max_length or 0
        try:
            value, is_whole = read(said)
        except (ValueError, ValidationError):
            del values[name]
            yield f"{said[:60]} n’est pas {what}\N{NO-BREAK SPACE}: laissé de côté."
            continue
        if len(value) > longest:
            del values[name]
            most = f"{longest}\N{NO-BREAK SPACE}caractères\N{NO-BREAK SPACE}"
            yield f"{said[:60]}… a plus de {most}: laissé de côté."
            continue
        values[name] = value
        if not is_whole:
            yield f"De {said[:60]}, {value} est gardé."
    if (phone := values.get("phone")) and partner.phone and digits_of(partner.phone) == digits_of(phone):
        del values["phone"]


def _postcode(text: str) -> tuple[str, bool]:
    """Of an organisme of the département. Raises ValueError, ValidationError."""
    _refuse_rounded(text)
    code, is_whole = postcode_in(with_lost_zero(text))
    return read_french_postcode(code), is_whole


def _telephone(text: str) -> tuple[str, bool]:
    """Raises ValueError."""
    _refuse_rounded(text)
    return read_telephone(text), True


def _refuse_rounded(text: str) -> None:
    if ROUNDED.fullmatch(text):
        raise ValueError(text)


def _site(text: str) -> tuple[str, bool]:
    """As people write it: « www.judo.example ». Raises ValidationError."""
    parts = [part for part in re.split(r"[\s;|<>()]+", text) if part.strip(",.")]
    sites = [site for part in parts if (site := _address_of_site(part.strip(",.")))]
    if not sites:
        raise ValidationError(text)
    return sites[0], len(parts) == 1


def _address_of_site(part: str) -> str:
    if "@" in part or "." not in part:
        return ""
    address = part if "://" in part else f"https://{part}"
    try:
        IS_SITE(address)
    except ValidationError:
        return ""
    return address


IS_SITE = URLValidator(schemes=["http", "https"])
# What it is, and how it is read: whether that is all that the cell says comes with it.
OPTIONAL: Mapping[str, tuple[str, Callable[[str], tuple[str, bool]]]] = {
    "address": ("une adresse", lambda text: (text, True)),
    "postcode": ("un code postal à cinq chiffres", _postcode),
    "phone": ("un téléphone", _telephone),
    "email": ("une adresse e-mail", address_in),
    "website": ("un site", _site),
}


def _parts(cell: str, known: Known) -> list[str]:
    """Between « | », as our export writes; else a known activity whole; else between « ; » and « , », but not
    inside brackets: « Danse (classique, jazz) » is one."""
    if "|" in cell:
        return cell.split("|")
    return [cell] if simplified(cell) in known.spellings else APART.split(cell)


def activities_in(cell: str, known: Known, aside: list[str]) -> Iterator[str]:
    """Their names as they are known; `aside` has why the others are none."""
    for name in dict.fromkeys(" ".join(part.split()) for part in _parts(cell, known)):
        if len(name) > LONGEST_ACTIVITY:
            aside.append(f"L’activité {name[:30]}… est trop longue.")
        elif name and not _is_activity(name, known):
            aside.append(f"{name} n’est pas une activité. Écrivez laquelle.")
        elif name:
            yield known.spellings.setdefault(simplified(name), name)


def _is_activity(name: str, known: Known) -> bool:
    """« oui », « X », « 12 » tick a column that is called « Sport »."""
    if simplified(name) in known.spellings:
        return True
    said = name.casefold() not in NO_ACTIVITY and not {*name} & {*TICKED, *UNTICKED}
    return said and sum(map(str.isalpha, name)) > 1
