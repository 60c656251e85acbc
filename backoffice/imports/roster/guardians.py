"""The guardians that a line of the roster names."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import CharField

from accounts.identity import Names, folded
from accounts.models import User
from accounts.names import (
    first_of_several,
    is_of_a_couple,
    is_title,
    means_two,
    one_name,
    without_title,
)
from core import typed_text
from core.addresses import address_in
from core.postcodes import postcode_in, read_french_postcode
from core.spreadsheet_files.cells import ROUNDED, with_lost_zero
from core.spreadsheet_files.rows import Cells, RowRefused
from core.telephones import telephone_in
from partners.communes import without_postcode

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
# Of whoever has a name, these may be missing.
TOWN = {"address", "city"}
PLACES = (1, 2)
OF_PLACE = {
    place: {name: f"Responsable {place} {column}" for column, name in FIELDS.items()} for place in PLACES
}
COLUMNS = tuple(column for columns in OF_PLACE.values() for column in columns.values())


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
    # With « M. » before it, as the line has it.
    written: Names

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
    def is_unreachable(self) -> bool:
        return not (self.email or self.phone or self.address)

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
    for place, columns in OF_PLACE.items():
        # Most lines name one: of the other no cell is there.
        if not cells.keys().isdisjoint(columns.values()):
            yield _person(place, {name: cells.get(column, "") for name, column in columns.items()})


def _person(place: int, fields: dict[str, str]) -> Person:
    fields |= {name: read(fields[name]) for name, read in READ.items() if fields[name]}
    written = folded(*one_name(fields["first_name"], fields["last_name"]))
    notes = [*_plain_names(fields)]
    fields["first_name"], fields["last_name"] = one_name(fields["first_name"], fields["last_name"])
    if not fields["username"]:
        _refuse_no_names(place, fields)
    notes.extend(_part_town(fields))
    notes.extend(_leave_aside(fields))
    for column, longest in _longest().items():
        if len(fields[name := FIELDS[column]]) <= longest:
            continue
        told = f"{column}\N{NO-BREAK SPACE}: plus de {longest}\N{NO-BREAK SPACE}caractères"
        if name not in OPTIONAL and name not in TOWN:
            raise RowRefused(f"Responsable {place}, {told}.")
        fields[name] = ""
        notes.append(f"{told}, laissé de côté.")
    return Person(**fields, notes=[f"Responsable {place}, {note}" for note in notes], written=written)


def _plain_names(fields: dict[str, str]) -> Iterator[str]:
    """Without « M. » before a name, nor a second first name; what stays that is no name is said."""
    first_name = fields["first_name"]
    if (first := first_of_several(first_name)) != first_name:
        yield f"de {first_name}, {first} est gardé."
        fields["first_name"] = first
    for name in ("first_name", "last_name"):
        bare, title = without_title(fields[name])
        if title:
            yield f"{title} n’est pas d’un nom\N{NO-BREAK SPACE}: {bare} est gardé."
            fields[name] = bare
    if is_title(fields["first_name"]):
        yield f"{fields['first_name']} n’est pas un prénom. Il est gardé, faute d’un autre."
    elif means_two(fields["first_name"]) or is_of_a_couple(fields["last_name"]):
        couple = f"{fields['first_name']} {fields['last_name']}".strip()
        yield f"{couple} nomme deux personnes, et n’a qu’un compte. Donnez-en un à chacune."


def _part_town(fields: dict[str, str]) -> Iterator[str]:
    """« 92330 SCEAUX » in one cell of two; each in the other’s."""
    town, postcode = fields["city"], fields["postcode"]
    if town and postcode and not any(map(str.isdigit, postcode)) and _is_postcode(town):
        fields["city"], fields["postcode"] = postcode, town
        yield f"ville et code postal\N{NO-BREAK SPACE}: {town} et {postcode}, chacun dans la case de l’autre."
        return
    bare, code = without_postcode(town)
    if not code and not postcode and _is_postcode(town):
        bare, code = "", town
    if _is_postcode(code) and postcode in ("", code):
        fields["city"], fields["postcode"] = bare, code
        yield f"le code postal est lu dans la case de la ville\N{NO-BREAK SPACE}: {town}."


def _is_postcode(text: str) -> bool:
    if not text:
        # Nearly always: no exception is made for it.
        return False
    try:
        return bool(read_french_postcode(text))
    except ValidationError:
        return False


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


def _postcode(written: str) -> tuple[str, bool]:
    return postcode_in(with_lost_zero(written))


# What it is, and how it is read: whether that is all that the cell says comes with it.
OPTIONAL: Mapping[str, tuple[str, Callable[[str], tuple[str, bool]]]] = {
    "email": ("une adresse e-mail", address_in),
    "phone": ("un téléphone", telephone_in),
    "postcode": ("un code postal", _postcode),
}
