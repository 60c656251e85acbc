"""One organisme as a line of the file wants it."""

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from backoffice.imports.lines import Alike, Contact, Edit, Made
from core.spreadsheet_files.cells import refuse_misplaced, refuse_no_values
from core.spreadsheet_files.rows import Row, RowRefused
from partners.models import Partner
from wallets.models import Kind

from .known import Known
from .likeness import PARTNER
from .recognition import Identity, Seen, identity_of, notes_on, recognised, values_said
from .values import OF_KIND, TEXTS, activities_in, values_of

# A number that Excel rounded is another's, or nobody's.
IDENTIFYING = {"SIRET", "RNA", "Code INSEE"}


# What a line may change of an organisme.
WRITTEN = [
    *("name", "siret", "rna", "commune", *TEXTS.values()),
    *("accessible", "affiliated_from", "affiliated_until"),
]


@dataclass
class Change:
    """One organisme as the file wants it. `edits` say in French what differs, from what it is."""

    row: int
    partner: Partner
    edits: list[Edit]
    offers: list[tuple[str, Kind]]
    # Whom it is like, if it is new.
    alike: list[Alike]
    # No account's.
    contacts: tuple[Contact, ...] = ()
    # By the column, what it was and what it becomes.
    differing: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    # Of a new one that is like others: what the line says, which an agent may want of one of them.
    asked: tuple[Row, Identity] | None = None

    @property
    def is_new(self) -> bool:
        return self.partner._state.adding

    @property
    def name(self) -> str:
        return f"{self.partner}, {self.partner.commune}"

    @property
    def does_something(self) -> bool:
        return bool(self.edits or self.activities)

    @property
    def told(self) -> str:
        edits = [
            f"{label}\N{NO-BREAK SPACE}: {before or 'rien'} → {after or 'rien'}"
            for label, before, after in self.edits
        ]
        return ", ".join([*edits, *self.activities])

    @property
    def made(self) -> list[Made]:
        """Every column of a new one; of one that is there, what it offers from now on."""
        activities = ("activités", ", ".join(self.activities))
        if self.is_new:
            return [Made(PARTNER, [*cells_of(self.partner), activities])]
        return [Made("Activités ajoutées", [activities])] if self.offers else []

    @property
    def activities(self) -> list[str]:
        return [f"{name} ({kind.label})" for name, kind in self.offers]


def change_of(row: Row, known: Known, seen: Seen) -> Change:
    """Raises RowRefused."""
    refuse_no_values(row, IDENTIFYING)
    if not row.cells["Nom"]:
        raise RowRefused("Il n’y a pas de nom.")
    said = identity_of(row.cells, known)
    partner = recognised(said, known) or Partner(name=said.name, commune=said.commune)
    seen.refuse_again(row.number, said, partner)
    notes = [*notes_on(said, partner, known)]
    change = _change(row, said, partner, known, notes)
    notes.extend(_other_wallets(change.offers, known))
    known.notes.extend((row.number, note) for note in notes)
    if change.is_new and (alike := known.like.like(row.number, said.key[0], partner)):
        change.alike = [replace(it, edits=_edits_of(it, row, said, known)) for it in alike]
        change.asked = row, said
    return change


def updated(change: Change, pk: int, known: Known) -> Change:
    """The same line, of one of those whom it is like: an agent says that it is the same."""
    if change.asked is None:
        raise ValueError(f"line {change.row} is like nobody")
    row, said = change.asked
    return _change(row, said, known.by_pk[pk], known, notes=[])


def _edits_of(alike: Alike, row: Row, said: Identity, known: Known) -> list[Edit] | None:
    """What the line would change of it, were it the same; None where that cannot be."""
    if alike.pk is None:
        return None
    try:
        change = _change(row, said, copy.copy(known.by_pk[alike.pk]), known, notes=[])
    except RowRefused:
        return None
    added = change.activities
    return [*change.edits, *([("activités ajoutées", "", ", ".join(added))] if added else [])]


def _change(row: Row, said: Identity, partner: Partner, known: Known, notes: list[str]) -> Change:
    """Give the organisme what the line says. Raises RowRefused."""
    cells, aside, left_aside = row.cells, list[str](), list[str]()
    values = values_said(said, partner, known) | values_of(cells, partner, left_aside)
    for note in left_aside:
        refuse_misplaced(row, note)
    notes.extend(left_aside)
    differing = _set(partner, values)
    # Of a new one all columns are told.
    told = {} if partner._state.adding else differing
    edits = [(_label(name), _shown(was), _shown(now)) for name, (was, now) in told.items()]
    named = [
        (name, kind)
        for kind, column in OF_KIND.items()
        for name in activities_in(cells[column], known, aside)
    ]
    offers = [(name, kind) for name, kind in named if (partner.pk, name, kind.value) not in known.offers]
    if partner._state.adding and not offers:
        raise RowRefused(" ".join(aside) or "Il n’y a aucune activité, ni Sport ni Culture.")
    notes.extend(f"{why} Laissé de côté." for why in aside)
    notes.extend(_ended(named, partner, known))
    return Change(row.number, partner, edits, offers, [], differing=differing)


def _other_wallets(offers: list[tuple[str, Kind]], known: Known) -> Iterator[str]:
    """Another wallet would pay: « Football » under Culture."""
    for name, kind in offers:
        if (usual := known.kinds.get(name)) and kind.value not in usual:
            words = " et ".join(Kind(value).label for value in sorted(usual))
            yield f"{name} est en {words} partout ailleurs, et en {kind.label} ici."


def _ended(named: list[tuple[str, Kind]], partner: Partner, known: Known) -> Iterator[str]:
    """An agent gave it an end: a file that still names it does not take that back."""
    today = timezone.localdate()
    for name, kind in named:
        day = known.offers.get((partner.pk, name, kind.value))
        if day and day < today:
            yield f"{name} a pris fin le {day:%d/%m/%Y}. Pour le reprendre, videz cette fin sur la fiche."


def _set(partner: Partner, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Give the organisme these values; return those that differ from what they were. Raises RowRefused."""
    differing = {
        name: (former, value) for name, value in values.items() if (former := getattr(partner, name)) != value
    }
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


def cells_of(partner: Partner) -> list[tuple[str, str]]:
    """Every column that a file may write, as an agent reads it."""
    columns = ((_label(name), _shown(getattr(partner, name))) for name in WRITTEN)
    return [(label, value) for label, value in columns if value]


def _shown(value: Any) -> str:
    match value:
        case bool():
            return "oui" if value else "non"
        case dt.date():
            return f"{value:%d/%m/%Y}"
    return str(value or "")


def _label(name: str) -> str:
    return str(getattr(Partner._meta.get_field(name), "verbose_name", name))


def _said(wrong: ValidationError) -> Iterator[str]:
    """Each field by its name, then what is wrong with it."""
    for name, messages in wrong.message_dict.items():
        label = "" if name == "__all__" else f"{capfirst(_label(name))}\N{NO-BREAK SPACE}: "
        yield from (f"{label}{message}" for message in messages)
