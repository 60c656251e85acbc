"""The guardians that a line of the roster names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import CharField

from accounts.identity import Names, folded
from accounts.models import User
from accounts.names import one_name
from core import typed_text
from core.addresses import address_in
from core.postcodes import read_postcode
from core.spreadsheet_files.cells import ROUNDED, with_lost_zero
from core.spreadsheet_files.rows import Cells, RowRefused
from core.telephones import telephone_in

from .names import check_name, read_name

# Of each guardian of a line, « Responsable 1 nom » and so on.
FIELDS = {
    "identifiant": "username",
    "nom": "last_name",
    "prénom": "first_name",
    "e-mail": "email",
    "téléphone": "phone",
    "adresse": "address",
    "code postal": "postcode",
    "ville": "city",
}
READ: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("last_name", "first_name", "address", "city"), read_name),
    "username": typed_text.username,
}
PLACES = (1, 2)
COLUMNS = tuple(f"Responsable {place} {column}" for place in PLACES for column in FIELDS)


@dataclass(slots=True, eq=False)
class Person:
    """A guardian as the file writes it. Two lines that mean the same new person have the same one."""

    username: str
    last_name: str
    first_name: str
    email: str
    phone: str
    address: str
    postcode: str
    city: str
    # What the agent should know of what was left aside.
    notes: list[str]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @property
    def title(self) -> str:
        return f"Responsable légal nouveau\N{NO-BREAK SPACE}: {self}"

    def cells(self) -> list[tuple[str, str]]:
        """Every column that is written of its new account; its identifiant is made then."""
        said = ((column, getattr(self, name)) for column, name in FIELDS.items() if name != "username")
        return [(column, value) for column, value in said if value]

    @property
    def is_nobody(self) -> bool:
        """Of whom the line says a town, or a telephone, and no name: it keeps no child out."""
        return not (self.username or self.first_name)

    @property
    def names(self) -> Names:
        return folded(self.first_name, self.last_name)

    def account(self, username: str) -> User:
        return User(
            username=username,
            **{name: getattr(self, name) for name in FIELDS.values() if name != "username"},
        )


def read_guardians(cells: Cells) -> Iterator[Person]:
    """Those of whom the line says anything. Raises RowRefused."""
    for place in PLACES:
        fields = {name: cells[f"Responsable {place} {column}"] for column, name in FIELDS.items()}
        if any(fields.values()):
            yield _person(place, fields)


def _person(place: int, fields: dict[str, str]) -> Person:
    fields |= {name: read(fields[name]) for name, read in READ.items() if fields[name]}
    fields["first_name"], fields["last_name"] = one_name(fields["first_name"], fields["last_name"])
    if not fields["username"]:
        _refuse_no_names(place, fields)
    notes = [*_leave_aside(fields)]
    for column, longest in _longest().items():
        if len(fields[FIELDS[column]]) > longest:
            raise RowRefused(
                f"Responsable {place}, {column}\N{NO-BREAK SPACE}: plus de {longest} caractères."
            )
    return Person(**fields, notes=[f"Responsable {place}, {note}" for note in notes])


@cache
def _longest() -> dict[str, int]:
    return {
        column: cast(CharField, User._meta.get_field(name)).max_length or 0 for column, name in FIELDS.items()
    }


def _refuse_no_names(place: int, fields: dict[str, str]) -> None:
    try:
        for name in filter(None, (fields["first_name"], fields["last_name"])):
            check_name(name)
    except ValidationError as wrong:
        raise RowRefused(f"Responsable {place}, {wrong.message}") from wrong


def _leave_aside(fields: dict[str, str]) -> Iterator[str]:
    """What is none of the ways to reach somebody: an optional cell keeps no child out."""
    for name, (what, read) in OPTIONAL.items():
        written = fields[name]
        if not written:
            continue
        try:
            if ROUNDED.fullmatch(written):
                raise ValueError(written)
            fields[name], is_whole = read(written)
        except (ValueError, ValidationError):
            fields[name] = ""
            yield f"{written} n’est pas {what}\N{NO-BREAK SPACE}: laissé de côté."
        else:
            if not is_whole:
                yield f"de {written}, {fields[name]} est gardé."


def _whole_postcode(written: str) -> tuple[str, bool]:
    return read_postcode(with_lost_zero(written)), True


# What it is, and how it is read: whether that is all that the cell says comes with it.
OPTIONAL: Mapping[str, tuple[str, Callable[[str], tuple[str, bool]]]] = {
    "email": ("une adresse e-mail", address_in),
    "phone": ("un téléphone", telephone_in),
    "postcode": ("un code postal", _whole_postcode),
}
