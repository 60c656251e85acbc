"""The guardians that a line of the roster names."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db.models import CharField

from accounts.identity import Names, folded
from accounts.models import User
from backoffice.imports.spreadsheets.cells import read_postcode
from backoffice.imports.spreadsheets.rows import Cells, RowRefused
from core import typed_text
from core.addresses import validate_can_be_written_to
from core.telephones import NotATelephone, read_telephone

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
READ = {
    **dict.fromkeys(("last_name", "first_name", "address", "city"), typed_text.name),
    "username": typed_text.username,
    "email": typed_text.email,
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
    # What the agent should know of what was left out.
    noted: str = ""

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @property
    def names(self) -> Names:
        return folded(self.first_name, self.last_name)

    def account(self, username: str) -> User:
        return User(
            username=username,
            **{name: getattr(self, name) for name in FIELDS.values() if name != "username"},
        )


def read_guardians(cells: Cells) -> Iterator[Person]:
    """Those that the line names. Raises RowRefused."""
    for place in PLACES:
        fields = {name: cells[f"Responsable {place} {column}"] for column, name in FIELDS.items()}
        if any(fields.values()):
            yield _person(place, fields)


def _person(place: int, fields: dict[str, str]) -> Person:
    fields |= {name: READ[name](fields[name]) for name in READ}
    fields["phone"], noted = _telephone(place, fields["phone"])
    if fields["postcode"]:
        fields["postcode"] = read_postcode(fields["postcode"])
    if not fields["username"] and not (fields["last_name"] and fields["first_name"]):
        raise RowRefused(f"Responsable {place}, il manque le nom ou le prénom.")
    for column, name in FIELDS.items():
        longest = cast(CharField, User._meta.get_field(name)).max_length or 0
        if len(fields[name]) > longest:
            raise RowRefused(
                f"Responsable {place}, {column}\N{NO-BREAK SPACE}: plus de {longest} caractères."
            )
    try:
        if fields["email"]:
            validate_can_be_written_to(fields["email"])
    except ValidationError as wrong:
        raise RowRefused(f"Responsable {place}, {fields['email']} n’est pas une adresse e-mail.") from wrong
    return Person(**fields, noted=noted)


def _telephone(place: int, written: str) -> tuple[str, str]:
    """In its one writing; what is none is left out, and said to the agent."""
    try:
        return read_telephone(written) if written else "", ""
    except NotATelephone:
        return "", f"Responsable {place}, {written} n’est pas un téléphone\N{NO-BREAK SPACE}: laissé de côté."
