"""Who a guardian that a school names is: an account that is there already, or a new one.

Parents are not doubled, and nobody is taken for somebody else: a name alone makes out nobody, and an
e-mail address that two parents share does not either.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ..models import User
from ..spelling import simplified
from .reading import Cells, RowRefused

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
PLACES = (1, 2)
COLUMNS = tuple(f"Responsable {place} {column}" for place in PLACES for column in FIELDS)

Names = tuple[str, str]


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

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    @property
    def names(self) -> Names:
        return folded(self.first_name, self.last_name)

    def identities(self) -> Iterator[tuple[Names, str]]:
        yield from identities(self.names, self.email, self.phone, self.address, self.postcode)

    def account(self, username: str) -> User:
        return User(
            username=username,
            **{name: getattr(self, name) for name in FIELDS.values() if name != "username"},
        )


def folded(first_name: str, last_name: str) -> Names:
    return simplified(first_name), simplified(last_name)


def identities(
    names: Names, email: str, phone: str, address: str, postcode: str
) -> Iterator[tuple[Names, str]]:
    """A name and one way to reach who bears it: two of the same are one person.

    A postcode alone is none: homonyms live in the same town.
    """
    digits = "".join(filter(str.isdigit, phone)).removeprefix("00").removeprefix("33").lstrip("0")
    home = simplified(address)
    for contact in (email.lower(), digits, home and f"{home} {postcode}"):
        if contact:
            yield names, contact


def read_guardians(cells: Cells) -> Iterator[Person]:
    """Those that the line names. Raises RowRefused."""
    for place in PLACES:
        said = {name: cells[f"Responsable {place} {column}"] for column, name in FIELDS.items()}
        if any(said.values()):
            yield _person(place, said)


def _person(place: int, said: dict[str, str]) -> Person:
    said["username"] = said["username"].lower()
    if said["postcode"]:
        said["postcode"] = said["postcode"].zfill(5)
    if not said["username"] and not (said["last_name"] and said["first_name"]):
        raise RowRefused(f"Responsable {place}, il manque le nom ou le prénom.")
    for column, name in FIELDS.items():
        longest = User._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
        if len(said[name]) > longest:
            raise RowRefused(
                f"Responsable {place}, {column}\N{NO-BREAK SPACE}: plus de {longest} caractères."
            )
    try:
        validate_email(said["email"] or "personne@passplus.example")
    except ValidationError as wrong:
        raise RowRefused(f"Responsable {place}, {said['email']} n’est pas une adresse e-mail.") from wrong
    return Person(**said)


class Adults:
    """The accounts of families that are not a child's. Closed ones too: nobody comes in by a second one."""

    def __init__(self) -> None:
        self.names: dict[int, Names] = {}
        # As the agent reads who is linked.
        self.called: dict[int, str] = {}
        self._by_username: dict[str, int] = {}
        self._by_email: dict[str, list[int]] = defaultdict(list)
        self._by_identity: dict[tuple[Names, str], int | Person] = {}
        families = User.objects.filter(is_staff=False, beneficiary=None, anonymised_at=None).order_by("pk")
        columns = families.values_list(
            *("pk", "username", "is_active", "first_name", "last_name", "email", "email_confirmed_at"),
            *("phone", "address", "postcode"),
        )
        for (
            pk,
            username,
            is_open,
            first,
            last,
            email,
            confirmed_at,
            phone,
            address,
            postcode,
        ) in columns.iterator(chunk_size=5_000):
            names = self.names[pk] = folded(first, last)
            self.called[pk] = username if is_open else f"{username}, fermé"
            self._by_username[username] = pk
            if email and confirmed_at:
                self._by_email[email.lower()].append(pk)
            for identity in identities(names, email, phone, address, postcode):
                self._by_identity.setdefault(identity, pk)

    def find(self, person: Person, guardians: Collection[int]) -> int | Person:
        """The account's number, or the person that a new one is for. `guardians` are those the child has.

        Raises RowRefused.
        """
        if person.username:
            return self._named(person)
        for pk in guardians:
            if self.names.get(pk) == person.names:
                return pk
        confirmed = [pk for pk in self._by_email.get(person.email.lower(), ()) if self._may_be(pk, person)]
        if len(confirmed) > 1:
            raise RowRefused(f"Plusieurs comptes ont l’adresse {person.email}. Donnez l’identifiant du bon.")
        if confirmed:
            return confirmed[0]
        known = next((self._by_identity[it] for it in person.identities() if it in self._by_identity), person)
        for identity in person.identities():
            self._by_identity.setdefault(identity, known)
        return known

    def _named(self, person: Person) -> int:
        pk = self._by_username.get(person.username)
        if pk is None:
            raise RowRefused(f"Aucun compte de famille n’a l’identifiant {person.username}.")
        if person.first_name and person.last_name and not set(person.names) & set(self.names[pk]):
            raise RowRefused(f"L’identifiant {person.username} est celui de quelqu’un d’autre. Vérifiez-le.")
        return pk

    def _may_be(self, pk: int, person: Person) -> bool:
        """The same first name, or its beginning: a last name may change, and two parents share it."""
        here, there = self.names[pk][0].split(), person.names[0].split()
        return here[:1] == there[:1]
