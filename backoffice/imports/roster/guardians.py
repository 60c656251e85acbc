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
        said = {name: cells[f"Responsable {place} {column}"] for column, name in FIELDS.items()}
        if any(said.values()):
            yield _person(place, said)


def _person(place: int, said: dict[str, str]) -> Person:
    said |= {name: READ[name](said[name]) for name in READ}
    said["phone"], noted = _telephone(place, said["phone"])
    if said["postcode"]:
        said["postcode"] = read_postcode(said["postcode"])
    if not said["username"] and not (said["last_name"] and said["first_name"]):
        raise RowRefused(f"Responsable {place}, il manque le nom ou le prénom.")
    for column, name in FIELDS.items():
        longest = cast(CharField, User._meta.get_field(name)).max_length or 0
        if len(said[name]) > longest:
            raise RowRefused(
                f"Responsable {place}, {column}\N{NO-BREAK SPACE}: plus de {longest} caractères."
            )
    try:
        if said["email"]:
            validate_can_be_written_to(said["email"])
    except ValidationError as wrong:
        raise RowRefused(f"Responsable {place}, {said['email']} n’est pas une adresse e-mail.") from wrong
    return Person(**said, noted=noted)


def _telephone(place: int, said: str) -> tuple[str, str]:
    """In its one writing; what is none is left out, and said to the agent."""
    try:
        return read_telephone(said) if said else "", ""
    except NotATelephone:
        return "", f"Responsable {place}, {said} n’est pas un téléphone\N{NO-BREAK SPACE}: laissé de côté."
